"""One file in the tray: what it is, where the program thinks it belongs and why, and what the clerk has settled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtGui import QImage

from db.rules.codes import EvidenceKind
from db.rules.evidence import PLACED, SHARED
from db.services.evidence.evidence import Hanging
from db.services.evidence.shortfall import Meter
from desktop.pages.evidence.looking import Looked
from desktop.widgets.colours import Tone
from desktop.widgets.gallery import Tile


@dataclass(slots=True)
class Piece:
    """0, None and "" are not settled. ``fault`` is why it could not be kept."""

    looked: Looked
    village_id: int = 0
    home_id: int = 0
    kind: EvidenceKind | None = None
    batch_id: int = 0
    place: str = ""
    taken_on: date | None = None
    why: tuple[str, ...] = ()
    doubt: str = ""
    fault: str = ""
    image: QImage | None = None

    @classmethod
    def of(cls, looked: Looked) -> Piece:
        """As the program proposes it."""
        p = looked.proposal
        image = QImage.fromData(looked.thumbnail) if looked.thumbnail else None
        return cls(
            looked, p.village_id, p.home_id, p.kind, p.batch_id, p.place, p.taken_on, p.why, p.doubt, looked.problem, image
        )  # fmt: skip

    @property
    def lacks(self) -> str:
        """What must still be settled, in one word; "" when it can be kept."""
        if self.kind is None:
            return "材料"
        if self.kind not in SHARED:
            return "" if self.home_id else "户"
        if not self.batch_id:
            return SHARED[self.kind].label
        return "地点" if self.kind in PLACED and not self.place else ""

    @property
    def ready(self) -> bool:
        """Whether it can be kept now."""
        return not self.lacks and not self.looked.problem

    def settle(self, **chosen: Any) -> None:
        """What the clerk has chosen takes the place of what was proposed; what no longer fits is forgotten."""
        before = SHARED.get(self.kind) if self.kind else None
        for name, value in chosen.items():
            setattr(self, name, value)
        after = SHARED.get(self.kind) if self.kind else None
        if "village_id" in chosen and "home_id" not in chosen:
            self.home_id = 0
        if after is None or after is not before or "village_id" in chosen:
            self.batch_id, self.place = int(chosen.get("batch_id", 0)), str(chosen.get("place", ""))
        if after is not None:
            self.home_id = 0
        self.why, self.doubt = ("您选的",), ""
        self.fault = self.looked.problem

    def hanging(self) -> Hanging:
        """As the record takes it; only for what is ``ready``."""
        assert self.kind is not None
        seen = self.looked
        return Hanging(
            seen.path, self.kind, self.home_id, self.batch_id, self.place, self.taken_on, "", seen.sha, seen.thumbnail
        )

    def owner(self, meter: Meter) -> str:
        """Whose it is, as short as can be read: 第一组 陈某明, 2016年第1次公示 第二组; the village where no more is known."""
        if self.home_id in meter.homes:
            home = meter.homes[self.home_id]
            return f"{home.village}{home.group} {home.head_name}"
        if self.batch_id in meter.papers:
            return " ".join(part for part in (meter.papers[self.batch_id].short, self.place) if part)
        return next((v.name for v in meter.villages if v.id == self.village_id), "")

    def tile(self, meter: Meter) -> Tile:
        """How it looks on the wall."""
        name, key = self.looked.path.name, str(self.looked.path)
        if self.fault:
            said = self.fault.removeprefix(f"“{name}”")
            return Tile(key, name, ((said, "red"),), self.image, _blank(self), "不能收入", "red", self.fault)
        what = self.kind.label if self.kind else "还没选材料"
        tone: Tone = "pine" if self.ready else "ochre"
        tag = "可归档" if self.ready else f"差{self.lacks}"
        mind = self.doubt or self.warning
        lines = (
            (what, tone),
            (self.owner(meter) or "还没选户", tone),
            (mind or "；".join(reversed(self.why)), _mind_tone(mind)),
        )
        tip = "\n".join(part for part in (name, *self.why, mind) if part)
        return Tile(key, name, lines, self.image, _blank(self), tag, tone, tip)

    @property
    def warning(self) -> str:
        """That the very same picture hangs somewhere already, and what else is to be looked after."""
        used = f"同一张已用于 {'、'.join(self.looked.used)}" if self.looked.used else ""
        return "；".join(part for part in (used, self.looked.mind) if part)


def _mind_tone(text: str) -> Tone:
    return "ochre" if text else "grey"


def _blank(piece: Piece) -> str:
    return "PDF 扫描件" if piece.looked.is_pdf else "没有图"


def kept(pieces: Iterable[Piece]) -> str:
    """The tray as text for a draft: paths and what was settled."""
    lines = [
        {
            "path": str(p.looked.path), "village": p.village_id, "home": p.home_id, "kind": p.kind.value if p.kind else "",
            "batch": p.batch_id, "place": p.place, "settled": p.why == ("您选的",),
        }
        for p in pieces
    ]  # fmt: skip
    return json.dumps(lines, ensure_ascii=False)


def paths_of(text: str) -> list[Path]:
    """The files of a kept tray, also those that are no longer where they lay."""
    return [Path(line["path"]) for line in json.loads(text)]


def restore(pieces: Sequence[Piece], text: str) -> None:
    """Settle again what was settled by hand when the tray was kept."""
    lines = {line["path"]: line for line in json.loads(text) if line["settled"]}
    for piece in pieces:
        line = lines.get(str(piece.looked.path))
        if line is not None:
            kind = EvidenceKind.of(line["kind"]) if line["kind"] else None
            piece.settle(village_id=line["village"], home_id=line["home"], kind=kind, batch_id=line["batch"], place=line["place"])  # fmt: skip
