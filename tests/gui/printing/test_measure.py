"""Lines of Chinese break where they may, and a text is set smaller rather than torn."""

import pytest

from desktop.printing.fonts import Face
from desktop.printing.measure import CLOSING, OPENING, Ruler, broken, clusters, evenly

TEXT = "公示期内有异议的，请署真实姓名向华南村村民委员会（电话0753-4400001）反映；2016年6月13日后不再受理。" * 3


def test_figures_dates_and_phones_are_not_torn() -> None:
    pieces = clusters("见（粤发〔2016〕13号），2016年6月13日0753-4400001，1,024.50元")
    for whole in ("2016年", "6月", "0753-4400001，", "1,024.50元"):
        assert whole in pieces


def test_the_number_of_a_paper_stays_on_one_line() -> None:
    pieces = clusters("申请已受理，编号华阳-华南-2016-00001，另见华府报〔2016〕3号、-10.00元")
    assert any(piece.endswith("华阳-华南-2016-00001，") for piece in pieces)
    assert any(piece.endswith("华府报〔2016〕3号、") for piece in pieces)
    assert "-10.00元" in pieces


def test_a_box_stays_with_the_words_it_is_ticked_for() -> None:
    labels = [f"□公示张贴照片（第{n}组）" for n in "一二三四五六七八"]
    for room in range(2600, 6000, 170):
        lines = broken("　".join(labels), room, 105, Face.BODY, Ruler())
        assert all(sum(label in line for line in lines) == 1 for label in labels), lines


@pytest.mark.parametrize("room", range(600, 6000, 333))
def test_no_line_begins_or_ends_wrongly(room: int) -> None:
    lines = broken(TEXT, room, 160, Face.BODY, Ruler())
    assert "".join(lines) == TEXT
    if room > 2400:
        assert not any(line[0] in CLOSING for line in lines)
        assert not any(line[-1] in OPENING for line in lines)
        assert any("0753-4400001" in line for line in lines)


def test_lines_fit_their_room() -> None:
    ruler = Ruler()
    lines = broken(TEXT, 3000, 160, Face.BODY, ruler, first=320)
    assert all(ruler.width(line, Face.BODY, 160) <= 3001 for line in lines)
    assert ruler.width(lines[0], Face.BODY, 160) <= 2681


def test_a_text_too_wide_is_set_smaller_to_fit() -> None:
    ruler = Ruler()
    assert ruler.fitting("廖某明", Face.BODY, 120, 2000) == 120
    small = ruler.fitting("阿卜杜热西提·买买提", Face.BODY, 120, 500)
    assert ruler.width("阿卜杜热西提·买买提", Face.BODY, small) <= 500.1


def test_captions_break_in_even_lines() -> None:
    ruler = Ruler()
    assert evenly("评议通过日期", 480, 100, Face.HEI, ruler) == ["评议通", "过日期"]
    assert evenly("序号", 480, 100, Face.HEI, ruler) == ["序号"]
