"""Property and house point to 七不进 items from their line on, and only point."""

from __future__ import annotations

from decimal import Decimal

from db.rules.codes import Bar, YesNo
from db.rules.hints import bar_hints
from db.rules.values import Living


def test_nothing_known_or_all_denied_points_to_nothing() -> None:
    assert bar_hints(None) == {}
    no = YesNo.NO
    assert bar_hints(Living(car=no, machinery=no, town_flat=no, employs=no, new_house=no)) == {}


def test_a_new_house_points_to_the_first_item_from_80_square_metres_and_not_when_the_state_helped() -> None:
    def house(area: str, helped: YesNo | None = None) -> Living:
        return Living(new_house=YesNo.YES, new_house_area=Decimal(area), subsidised=helped)

    assert bar_hints(house("79.99")) == {}
    assert bar_hints(house("80.00")) == {Bar.NEW_HOUSE: "居住条件填了新建 80 ㎡，请核对七不进第一条"}
    assert bar_hints(house("120", YesNo.YES)) == {}
    assert set(bar_hints(house("120", YesNo.NO))) == {Bar.NEW_HOUSE}


def test_property_points_to_its_item_by_name() -> None:
    yes = YesNo.YES
    assert bar_hints(Living(car=yes)) == {Bar.CAR: "财产一栏填了小汽车，请核对七不进第三条"}
    assert bar_hints(Living(car=yes, machinery=yes)) == {Bar.CAR: "财产一栏填了小汽车、大型农机具，请核对七不进第三条"}
    assert bar_hints(Living(town_flat=yes)) == {Bar.NEW_HOUSE: "财产一栏填了商品房，请核对七不进第一条"}
    assert set(bar_hints(Living(public_pay="长子，镇中学教师", employs=yes))) == {Bar.PUBLIC_PAY, Bar.EMPLOYER}
