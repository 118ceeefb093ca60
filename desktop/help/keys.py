"""Every key there is to know, by where it works: those of the window as they are declared, then those of tables, forms and pages."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.window.actions import ACTS


@dataclass(frozen=True, slots=True)
class Keys:
    """Where they work, and pairs of the keys as printed on the keyboard and what they do."""

    place: str
    rows: tuple[tuple[str, str], ...]


def groups() -> tuple[Keys, ...]:
    """All keys, those that work everywhere first."""
    everywhere = Keys("到处都能用", tuple((act.keys, act.title) for act in ACTS))
    return (everywhere, *PLACES)


PLACES = (
    Keys(
        "填表",
        (
            ("回车", "到下一栏；最后一栏回车就是办"),
            ("Shift+回车", "回上一栏"),
            ("Esc", "不办了，或关上这一张"),
            ("F2", "改这一栏原有的内容"),
            ("1、2、3……", "选项并排的，按数字选第几项"),
            ("← →", "在并排的选项之间移动"),
            ("Delete", "清掉选项"),
            ("拼音首字母", "下拉的栏里打字母就能选到，如 yb 选“因病”"),
        ),
    ),
    Keys(
        "成员表、表格录入",
        (
            ("回车", "到下一格，最后一格回车加一行"),
            ("F2", "改这一格"),
            ("Delete", "清空选中的格"),
            ("Ctrl+C、Ctrl+V", "和 WPS 表格互相复制、粘贴"),
            ("Ctrl+Z", "撤销上一步"),
            ("空格", "村表录入时，表示这一行看过了"),
        ),
    ),
    Keys(
        "名单",
        (
            ("↑ ↓", "上一行、下一行"),
            ("回车或双击", "打开这一行"),
            ("空格", "勾选或去掉这一户"),
            ("Ctrl+C", "把选中的行复制到 WPS"),
        ),
    ),
    Keys(
        "各页自己的键",
        (
            ("PageDown、PageUp", "入户核实：下一段、上一段"),
            ("Alt+↓、Alt+↑", "收入核算：打开、收起分项"),
            ("Alt+1 到 Alt+4", "家庭成员：到第几段"),
            ("Ctrl+Shift+P", "农户档案：打印一户一档"),
            ("F8", "名册导入：下一处问题"),
            ("Delete", "照片与材料：移出选中的图；要个数：去掉条件"),
        ),
    ),
)  # fmt: skip


def tables() -> str:
    """All keys in Markdown."""
    parts = []
    for group in groups():
        rows = "\n".join(f"| {keys} | {does} |" for keys, does in group.rows)
        parts.append(f"## {group.place}\n\n| 按键 | 作用 |\n|---|---|\n{rows}\n")
    return "\n".join(parts)
