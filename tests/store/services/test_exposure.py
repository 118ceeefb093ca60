"""A public paper is searched for everybody's numbers, but the program's own small print is none of anybody's."""

from __future__ import annotations

import pytest

from db.errors import Refused
from db.papers.model import Paper, Paragraph, Title
from db.services.cases import applications
from db.services.notices import exposure
from tests.helpers import town
from tests.store.services.conftest import Desk


def _paper(text: str, footer: str = "") -> Paper:
    return Paper("公示", (Title("公示"), Paragraph(text)), "公示", footer_left=footer)


def test_a_number_of_the_record_is_refused_wherever_it_stands(desk: Desk) -> None:
    desk.do(applications.file, town.household(1))
    for number in (town.household(1).head_id, town.household(1).phone, town.household(1).bank_card):
        with pytest.raises(Refused, match="不能公开的号码"):
            desk.see(exposure.require_clean, _paper(f"联系 {number}"))
    desk.see(exposure.require_clean, _paper("李某明 2 人"))


def test_the_check_code_and_the_hour_are_no_telephone(desk: Desk) -> None:
    desk.see(exposure.require_clean, _paper("李某明 2 人", "校验码 1380-0138-0A15　2016-05-25 09:00"))
    with pytest.raises(Refused, match="像手机号"):
        desk.see(exposure.require_clean, _paper("电话 138 0013 8000", "校验码 1380-0138-0A15　2016-05-25 09:00"))
