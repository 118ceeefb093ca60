"""Cuts the open fonts that go with the program: ``python installer/fonts.py FOLDER`` writes them and their licences.

Noto Sans CJK SC with every character of GB 18030-2000 and 通用规范汉字表 and the rare ones of names beyond, without layout features; then
from HanaMin what Noto has not of dictionaries, dialects, names and places. So a page prints no boxes where there is no Chinese font.
"""

from __future__ import annotations

import bz2
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS, DOC = Path("/usr/share/fonts"), Path("/usr/share/doc")
NOTO = FONTS / "opentype/noto/NotoSansCJK-Regular.ttc"
RARE = (FONTS / "truetype/hanazono/HanaMinB.ttf", FONTS / "truetype/hanazono/HanaMinA.ttf")
UNIHAN = Path("/usr/share/unicode")
_FACE = "Noto Sans CJK SC"
_NAMED = (1, 16)
_LICENCE = "LICENSE-fonts.txt"
SPOKEN = (("desktop", "*.py"), ("db", "*.py"), ("resources/help", "*.md"))
UNSEEN = set(map(ord, "𪚥"))
"""Stands in a comment as the example of what no font has."""
SOURCES = frozenset(
    {
        "G3",
        "GBK",
        "GCH",
        "GCY",
        "GCYY",
        "GDM",
        "GDZ",
        "GFC",
        "GFZ",
        "GGH",
        "GHC",
        "GHF",
        "GIDC",
        "GJZ",
        "GKJ",
        "GLGYJ",
        "GOCD",
    }
    | {"GPGLG", "GRM", "GU", "GWZ", "GXC", "GXH", "GXHZ", "GXM", "GZFY", "GZH", "GZYS"}
)
"""Where China asked a character to be coded from (Unicode Standard Annex 38, kIRG_GSource) that can be one of a name: 身份证 (GIDC),
姓名 (GXM), 地名 (GDM), dialects (GZFY), 辞海 and 辞源 and their like. Seal and bronze script and most of 康熙字典 are left out."""


def of_noto(has: set[int]) -> set[int]:
    """ASCII to Cyrillic, punctuation, everything GB 18030-2000 can write, CJK extension A, and what it has of B and later."""
    kept = {code for code in has if code < 0x530 or 0x1E00 <= code < 0x3400 or 0xFE30 <= code < 0xFFF0}
    kept |= {code for code in has if 0x3400 <= code < 0xA000 or 0xF900 <= code < 0xFB00}
    return kept | {code for code in has if code >= 0x20000}


def of_names() -> set[int]:
    """Signs (☑ ▾ ✕), all of the ideographs and of extension A, and what ``SOURCES`` or Cantonese have of the later extensions."""
    kept = {*range(0x2000, 0x2E80), *range(0x3400, 0xA000)}
    kept |= {code for code, source in _unihan("IRGSources", "kIRG_GSource") if source.partition("-")[0] in SOURCES}
    return kept | {code for code, _ in _unihan("Readings", "kCantonese")}


def _unihan(file: str, wanted: str) -> Iterator[tuple[int, str]]:
    with bz2.open(UNIHAN / f"Unihan_{file}.txt.bz2", "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.rstrip("\n").partition("\t")
            key, _, value = rest.partition("\t")
            if key == wanted and code.startswith("U+"):
                yield int(code.removeprefix("U+"), 16), value


def said() -> set[int]:
    """What the program itself says on the screen, on paper and in its help."""
    texts = (path for root, kind in SPOKEN for path in Path(root).rglob(kind))
    return {ord(sign) for path in texts for sign in path.read_text("utf-8")} - UNSEEN


def cut(font: TTFont, codes: set[int], target: Path) -> set[int]:
    """Write the font with these characters alone; those of them it has. On the screen a box stays for what it has not."""
    tables = ["VORG", "vhea", "vmtx", "GSUB", "GPOS", "FFTM"]
    options = subset.Options(
        layout_features=[], hinting=False, desubroutinize=False, drop_tables=tables, notdef_outline=True
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    font.save(target)
    return set(font.getBestCmap())


def main(folder: Path) -> None:
    """Write the fonts; FileNotFoundError when fonts-noto-cjk, fonts-hanazono or unicode-data is not installed, SystemExit where the
    program would show a box where a computer has no other font."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts = TTCollection(str(NOTO), lazy=True).fonts
    font = next(f for f in fonts if any(f["name"].getDebugName(i) == _FACE for i in _NAMED))
    done = cut(font, of_noto(set(font.getBestCmap())), folder / "NotoSansSC.otf")
    names = of_names()
    for path in RARE:
        rare = TTFont(path)
        done |= cut(rare, (names & set(rare.getBestCmap())) - done, folder / path.name)
    if boxes := sorted(said() - set(range(0x20)) - done):
        raise SystemExit(f"no shipped font has {' '.join(f'{chr(code)} U+{code:04X}' for code in boxes)}")
    licences = (DOC / name / "copyright" for name in ("fonts-noto-cjk", "fonts-hanazono"))
    (folder / _LICENCE).write_text("\n\n".join(path.read_text("utf-8") for path in licences), "utf-8")
    sys.stdout.write(f"{len(done)} characters\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
