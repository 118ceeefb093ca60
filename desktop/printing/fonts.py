"""Which fonts papers are set in: the office's own first, open ones where they are missing, and a word about it.

小标宋 and 仿宋_GB2312 may not be given away with the program, so the ones on the machine are used. A character no font has
would print as an empty box with nobody warned; ``missing`` finds it before anything is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout


class Face(StrEnum):
    """The five faces of a township's papers, by the name the office calls them.

    A string enum, because faces are keys of every look-up while a list of thousands is set.
    """

    TITLE = "小标宋"
    BODY = "仿宋"
    SONG = "宋体"
    HEI = "黑体"
    KAI = "楷体"


OFFICE = {
    Face.TITLE: ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "CESI小标宋-GB2312"),
    Face.BODY: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK", "CESI仿宋-GB2312", "STFangsong"),
    Face.SONG: ("宋体", "SimSun", "方正书宋_GBK", "CESI宋体-GB2312", "STSong"),
    Face.HEI: ("黑体", "SimHei", "方正黑体_GBK", "CESI黑体-GB2312", "STHeiti"),
    Face.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK", "CESI楷体-GB2312", "STKaiti"),
}
_SERIF = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "思源宋体", "AR PL UMing CN", "文鼎ＰＬ简报宋")
_SANS = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "思源黑体", "WenQuanYi Micro Hei", "文泉驿微米黑")
_KAI = ("LXGW WenKai", "霞鹜文楷", "AR PL UKai CN")
OPEN = {
    Face.TITLE: (*_SERIF, *_SANS),
    Face.BODY: (*_SERIF, *_SANS),
    Face.SONG: (*_SERIF, *_SANS),
    Face.HEI: _SANS,
    Face.KAI: (*_KAI, *_SERIF, *_SANS),
}

RARE = ("SimSun-ExtB", "SimSun-ExtG", "HanaMinB", "HanaMinA")
"""Asked last, for single characters: what Windows has of the extensions, and what goes with the program."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The family a face is set in; ``office`` tells whether it is the office's own. "" leaves the choice to the system."""

    face: Face
    family: str
    office: bool

    @property
    def bold(self) -> bool:
        """An open serif stands in for 小标宋 only in its bold weight."""
        return self.face is Face.TITLE and not self.office


def choose(face: Face, installed: Iterable[str]) -> Chosen:
    """The first family of the office that is installed, else the first open one."""
    have = set(installed)
    for family in OFFICE[face]:
        if family in have:
            return Chosen(face, family, True)
    return Chosen(face, next((family for family in OPEN[face] if family in have), ""), False)


@cache
def chosen(face: Face) -> Chosen:
    """The choice on this machine, made once."""
    return choose(face, QFontDatabase.families())


@cache
def has_bold(family: str) -> bool:
    """Whether a family has a bold face of its own. Thickened from the regular one, it would on Windows lend its strokes to everything
    else a PDF sets in that family."""
    styles = QFontDatabase.styles(family)
    return any(QFontDatabase.weight(family, style) >= QFont.Weight.DemiBold.value for style in styles)


def font(face: Face, size: float, stretch: float = 1) -> QFont:
    """A face at ``size`` units, unhinted so that it keeps its widths on every device; ``stretch`` > 1 opens the letters.

    In per cent, because Qt scales absolute letter spacing by the device's resolution. Without shaping, because its
    substituted digits would lose their meaning in the PDF's text.
    """
    choice = chosen(face)
    made = QFont()
    made.setFamilies([name for name in (choice.family, *OPEN[face], *RARE) if name])
    made.setPixelSize(max(1, round(size)))
    made.setBold(choice.bold and has_bold(choice.family))
    made.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if stretch != 1:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 * stretch)
    return made


def substitutions(choices: Iterable[Chosen] | None = None) -> tuple[str, ...]:
    """What stands in for what, a sentence for each font that stands in; empty when all the office's faces are there."""
    faces = [chosen(face) for face in Face] if choices is None else list(choices)
    stand_ins = dict.fromkeys(choice.family for choice in faces if not choice.office)
    return tuple(
        f"本机没有安装{'、'.join(c.face.value for c in faces if not c.office and c.family == family)}，"
        f"改用{f'“{family}”' if family else '系统默认字体'}。"
        for family in stand_ins
    )


def absent(text: str, has: Callable[[str], bool]) -> str:
    """The characters of ``text`` that ``has`` denies, each once, in order."""
    return "".join(sign for sign in dict.fromkeys(text) if not sign.isspace() and not has(sign))


def missing(text: str, face: Face = Face.BODY) -> str:
    """The characters of ``text`` that no font on this machine can print, each once; they would come out as boxes."""
    main = QRawFont.fromFont(font(face, 100))
    return absent(text, lambda sign: main.supportsCharacter(ord(sign)) or _drawable(sign, face))


def _drawable(sign: str, face: Face) -> bool:
    """Asks the text engine itself, which may take the character from any installed font."""
    layout = QTextLayout(sign, font(face, 100))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    return bool(runs) and all(0 not in run.glyphIndexes() for run in runs)
