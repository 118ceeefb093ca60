"""Cuts the open font that goes with the program: ``python installer/fonts.py FOLDER`` writes NotoSansSC.otf and its licence.

Noto Sans CJK SC with every character of GB 18030-2000 it has and the rare ones of names beyond, without layout features; so a page prints
no boxes on a computer that has no Chinese font at all.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")
_FACE = "Noto Sans CJK SC"
_NAMED = (1, 16)


def characters(font: TTFont) -> set[int]:
    """What is kept of the font: ASCII and Latin, punctuation, everything GBK can write, CJK extension A and what it has of B and later."""
    has = set(font.getBestCmap())
    kept = {code for code in has if code < 0x250 or 0x2000 <= code < 0x3400 or 0xFE30 <= code < 0xFFF0}
    kept |= {code for code in has if 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00}
    return kept | {code for code in has if code >= 0x20000}


def main(folder: Path) -> None:
    """Write the font; FileNotFoundError when the package fonts-noto-cjk is not installed."""
    fonts = TTCollection(str(SOURCE), lazy=True).fonts
    font = next(f for f in fonts if any(f["name"].getDebugName(i) == _FACE for i in _NAMED))
    options = subset.Options(
        layout_features=[], hinting=False, desubroutinize=False, drop_tables=["VORG", "vhea", "vmtx", "GSUB", "GPOS"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters(font))
    cutter.subset(font)
    folder.mkdir(parents=True, exist_ok=True)
    font.save(folder / "NotoSansSC.otf")
    (folder / "LICENSE-NotoSansCJK.txt").write_text(LICENCE.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
