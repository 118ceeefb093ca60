"""Whatever happens to the bytes of a file, reading gives a book or a sentence, never another exception."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_STORED

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import Known
from db.sheets.workbook import open_workbook
from tests.helpers.biff import OldSheet, stream, wrapped
from tests.helpers.oddbooks import ROSTER, packed, parts, plain
from tests.helpers.oddtexts import ods, table, text, xml_table

WHOLE = {
    "modern": plain(),
    "modern, not packed": packed(parts(), ZIP_STORED),
    "old": wrapped(stream([OldSheet(ROSTER, merges=[(0, 0, 1, 0)], hidden_rows=[1])])),
    "ods": ods(),
    "page": table().encode("gb18030"),
    "XML table": xml_table("<Row><Cell ss:Index='2'><Data ss:Type='Number'>1</Data></Cell></Row>").encode(),
    "text": text().encode("gb18030"),
}
HARM = st.lists(st.tuples(st.integers(0, 2**16), st.integers(0, 255)), max_size=6)


@pytest.mark.parametrize("what", WHOLE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(harm=HARM, cut=st.none() | st.integers(0, 2**16))
def test_harm_gives_a_book_or_a_sentence(
    tmp_path: Path, what: str, harm: list[tuple[int, int]], cut: int | None
) -> None:
    data = bytearray(WHOLE[what])
    for place, byte in harm:
        data[place % len(data)] = byte
    path = tmp_path / "名册.xlsx"
    path.write_bytes(bytes(data[: len(data) if cut is None else cut % len(data)]))
    with suppress(Known):
        book = open_workbook(path)
        assert book.sheets
        for sheet in book.sheets:
            assert len({len(row) for row in sheet.rows}) <= 1
