"""The papers of the tour: each saved as PDF from the window that shows it, under its title, counted, and none of the list wanting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from db.store.files import write_bytes
from desktop.printing.pdf import pdf_name
from desktop.printing.preview import PaperPreview
from desktop.printing.window import PaperWindow
from desktop.tour.stage import Stage, StageError
from desktop.widgets.menus import MenuButton

FOLDER, BLANKS, INDEX = "纸件", "空白表", "目录.json"
TITLES = (
    "贫困户申请书", "申请受理登记簿", "入户核实表", "评议会议通知", "签到表", "会议记录", "评议结果表", "公示", "公示（更正）",
    "公示（重新张贴）", "公示证明单", "异议登记表", "异议答复书", "村初审意见", "汇总名册", "镇审核表", "退回单", "上报报告", "县公告",
    "县审定", "贫困户登记表（信息采集表）", "家庭成员表", "收入核算表", "户卡", "村册", "贫困户公示牌", "一户一档", "欠件清单",
)  # fmt: skip
"""The papers of identification in the order of the procedure."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One PDF: its title, whose it is, and how many pages it has."""

    title: str
    whose: str
    file: str
    pages: int


class Papers:
    """Takes the papers of one tour into ``folder``."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.folder = stage.out / FOLDER
        self.kept: list[Kept] = []

    def keep(self, preview: PaperPreview, title: str, whose: str, folder: str = "") -> None:
        """Save what a preview shows; StageError when it shows nothing or could not be saved."""
        if not preview.page_count:
            raise StageError(f"“{title}” of {whose} shows no page: {preview.note.text()}")
        path = self.folder / folder / pdf_name(f"{title}-{whose}" if whose else title)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise StageError(f"“{path.name}” is there already")
        preview.save_to(path)
        if not path.exists():
            raise StageError(f"“{title}” was not saved: {preview.note.text()}")
        self.note(title, whose, path, preview.page_count, folder)

    def note(self, title: str, whose: str, path: Path, pages: int, folder: str = "") -> None:
        """Put a PDF that a page saved by itself on the list; blank forms are no filled papers."""
        if not folder:
            self.kept.append(Kept(title, whose, path.name, pages))

    def take(self, title: str, whose: str, folder: str = "") -> None:
        """Save the paper in the window that just opened, and close the window."""
        window = self.window(title)
        self.keep(window.preview, title, whose, folder)
        window.close()
        self._stage.settle()

    def window(self, title: str) -> PaperWindow:
        """The window a paper was opened in."""
        shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, PaperWindow) and w.isVisible()]
        if len(shown) != 1:
            raise StageError(f"“{title}” opened {len(shown)} windows: {self._stage.told()}")
        return shown[0]

    def by_menu(self, menu: MenuButton, what: str, title: str, whose: str, folder: str = "") -> None:
        """Choose a paper in a menu and save it."""
        self._stage.act(menu, what)
        self.take(title, whose, folder)

    def finish(self) -> None:
        """Write the list of the PDFs; StageError when a title of the procedure has none."""
        found: dict[str, list[dict[str, object]]] = {}
        for one in self.kept:
            found.setdefault(one.title, []).append({"file": one.file, "whose": one.whose, "pages": one.pages})
        order = [*TITLES, *(title for title in found if title not in TITLES)]
        listed = [{"title": title, "papers": found[title]} for title in order if title in found]
        write_bytes(self.folder / INDEX, f"{json.dumps(listed, ensure_ascii=False, indent=1)}\n".encode())
        lacking = [title for title in TITLES if title not in found]
        if lacking:
            raise StageError(f"no paper of these titles was made: {'、'.join(lacking)}")
        pages = sum(one.pages for one in self.kept)
        self._stage.say(f"纸件：{len(found)} 种 {len(self.kept)} 份 {pages:,} 页，在 {self.folder.name}")
