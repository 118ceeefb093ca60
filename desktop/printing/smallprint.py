"""What stands round the text of a page: its number, the small print at its foot, the line at its head.

GB/T 9704 numbers pages in 四号 宋体 between two dashes, 7 mm below the text, odd ones at the right and even ones at the left, one
character in.
"""

from __future__ import annotations

from db.papers.model import Folio, Paper
from desktop.printing.fonts import Face
from desktop.printing.geometry import MM, PT, Sheet
from desktop.printing.measure import Ruler
from desktop.printing.page import Page

SMALL = 8 * PT
HEAD = 9 * PT
COUNT = 9 * PT
HEAD_MM = 11.0
"""How far the head stands below the upper edge."""


def small_print(page: Page, total: int, paper: Paper, sheet: Sheet, ruler: Ruler) -> None:
    """Write number, foot and head of ``paper`` on ``page``, which is one of ``total``."""
    deep = sheet.height - sheet.bottom > 25 * MM
    middle = sheet.bottom + (7 if deep else 5) * MM
    _number(page, total, paper.numbering, sheet, middle, ruler)
    if paper.footer_left:
        page.write(sheet.left, middle + (6 if deep else 4) * MM, paper.footer_left, Face.SONG, SMALL)
    left, right = paper.header
    room = sheet.text_width * 0.48
    if left:
        page.write(sheet.left, HEAD_MM * MM, left, Face.SONG, ruler.fitting(left, Face.SONG, HEAD, room))
    if right:
        size = ruler.fitting(right, Face.SONG, HEAD, room)
        page.write(sheet.right - ruler.width(right, Face.SONG, size), HEAD_MM * MM, right, Face.SONG, size)


def _number(page: Page, total: int, folio: Folio, sheet: Sheet, middle: float, ruler: Ruler) -> None:
    if folio is Folio.BARE:
        return
    dashed = folio is Folio.DASHED
    text = f"— {page.number} —" if dashed else f"第 {page.number} 页 共 {total} 页"
    size = sheet.folio if dashed else COUNT
    wide = ruler.width(text, Face.SONG, size)
    x = (sheet.left + sheet.right - wide) / 2
    if dashed:
        x = sheet.right - sheet.folio - wide if page.number % 2 else sheet.left + sheet.folio
    page.write(x, middle, text, Face.SONG, size)
