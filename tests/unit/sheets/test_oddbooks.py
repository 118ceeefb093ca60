"""Every odd file gives exactly its data or exactly one sentence; nothing else ever comes out of a reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import Known
from db.sheets.workbook import open_workbook
from tests.helpers import oddbooks, oddold, oddtexts
from tests.helpers.oddbooks import Odd

ODD = (
    *oddbooks.modern(),
    *oddbooks.packages(),
    *oddbooks.values(),
    *oddbooks.harmed(),
    *oddold.old(),
    *oddtexts.texts(),
    *oddtexts.pages(),
    *oddtexts.xml_tables(),
    *oddtexts.documents(),
    *oddtexts.strangers(),
)


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_odd_file_gives_data_or_one_sentence(odd: Odd, tmp_path: Path) -> None:
    path = tmp_path / odd.name
    path.write_bytes(odd.data())
    if odd.says:
        with pytest.raises(Known) as caught:
            open_workbook(path)
        assert odd.says in caught.value.text
        assert caught.value.text.count("。") == 1
        assert "没有读入任何内容" in caught.value.text
        assert caught.value.remedy.endswith("。")
        return
    book = open_workbook(path)
    assert [tuple(row) for row in book.sheets[0].rows] == list(odd.rows)
    assert [type(cell) for row in book.sheets[0].rows for cell in row] == [
        type(cell) for row in odd.rows for cell in row
    ]
    assert bool(book.notes) == bool(odd.notes)
    assert odd.notes in "".join(note.text for note in book.notes)


def test_each_is_told_apart() -> None:
    assert len({odd.what for odd in ODD}) == len(ODD) > 160
