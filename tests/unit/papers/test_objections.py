"""The register of objections leaves open what is not known and never names who did not give a name."""

from __future__ import annotations

from datetime import date

from db.papers.model import Table
from db.papers.objections import ObjectionRow, ObjectionsFacts, build

OPEN = ObjectionRow(date(2016, 6, 8), "", "来访", "太平村第一组 廖某明户", "户主有小汽车", "古某海")
CLOSED = ObjectionRow(
    date(2016, 6, 9), "刘某平", "来信", "太平村第二组 陈某新户", "子女在城里有房", "古某海", ("黄某强", "叶某文"), "经查无房", "不成立",
    date(2016, 6, 12), "书面答复",
)  # fmt: skip


def test_rows_are_numbered_and_open_ones_left_blank() -> None:
    paper = build(ObjectionsFacts("太平镇", date(2016, 6, 13), (OPEN, CLOSED), "古某海"))
    table = next(block for block in paper.blocks if isinstance(block, Table))
    first, second = (row.cells for row in table.rows)
    assert first[:4] == ("1", "2016-06-08", "匿名", "来访")
    assert first[7:] == ("", "", "", "", "")
    assert second[7:] == ("黄某强、\n叶某文", "经查无房", "不成立", "2016-06-12", "书面答复")
    assert len(table.columns) == len(first) == 12
    assert "共2件，未办结1件" in paper.text()
