"""Holds the pictures of two tours against each other: ``python installer/linux/pictures.py SOURCE INSTALLED``.

Both must have the same pictures of the same size. Each is averaged over squares of 8 x 8 pixels, so that the drawing of single letters
does not count; a square differs when its brightness is more than 24 of 255 apart. Exit 1 when more than 5 of 100 squares of any picture
differ: the installed program, drawn on a screen and not into memory, stays at 3 and mostly at 0; of pictures that follow each other in
the tour half are more than 10 apart.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

SQUARE = 8
APART = 24
ALLOWED = 0.05
SHOWN = 5


def squares(picture: Path) -> tuple[tuple[int, int], bytes]:
    """The size of a picture and the mean brightness of its squares."""
    image = QImage(str(picture))
    size = (image.width(), image.height())
    ways = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    small = image.scaled(size[0] // SQUARE, size[1] // SQUARE, *ways).convertToFormat(QImage.Format.Format_Grayscale8)
    rows = (bytes(cast(memoryview, small.constScanLine(y)))[: small.width()] for y in range(small.height()))
    return size, b"".join(rows)


def apart(one: Path, other: Path) -> float:
    """The part of the squares that differ; 1 where the sizes do."""
    (size, first), (as_large, second) = squares(one), squares(other)
    if size != as_large or not first:
        return 1.0
    return sum(abs(a - b) > APART for a, b in zip(first, second, strict=True)) / len(first)


def main(source: Path, installed: Path) -> int:
    """Compare and print the worst."""
    here, there = ({path.name for path in folder.glob("*.png")} for folder in (source, installed))
    for name in sorted(here ^ there):
        sys.stdout.write(f"only {'from source' if name in here else 'installed'}: {name}\n")
    found = sorted(((apart(source / name, installed / name), name) for name in here & there), reverse=True)
    for share, name in found[:SHOWN]:
        sys.stdout.write(f"{share:6.1%}  {name}\n")
    same = not here ^ there and bool(found) and found[0][0] <= ALLOWED
    middle = found[len(found) // 2][0] if found else 1.0
    sys.stdout.write(
        f"{len(found)} pictures, median {middle:.1%}, allowed {ALLOWED:.0%}: {'same' if same else 'not the same'}\n"
    )
    return int(not same)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2])))
