"""What the property found at the door says about 七不进: a proposal to look at an item again, never an answer.

The items are 麻章区's of 2016 (湛麻发〔2016〕5号); only a person who was there answers them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from db.rules.codes import Bar, YesNo
from db.rules.values import Living

LARGE_HOUSE = Decimal(80)
"""㎡ of a house built within three years, from which on 七不进第一条 asks for it."""


def bar_hints(living: Living | None) -> dict[Bar, str]:
    """For each item that an answer on house or property points to, one sentence that says which."""
    found: dict[Bar, str] = {}
    for bar, what, where in _pointing(living) if living else ():
        known = found.get(bar, "")
        found[bar] = f"{known.partition('，请')[0]}、{what}{_ASK[bar]}" if known else f"{where}填了{what}{_ASK[bar]}"
    return found


_ASK = {
    Bar.NEW_HOUSE: "，请核对七不进第一条",
    Bar.CAR: "，请核对七不进第三条",
    Bar.PUBLIC_PAY: "，请核对七不进第四条",
    Bar.EMPLOYER: "，请核对七不进第五条",
}
_HOME, _PROPERTY = "居住条件", "财产一栏"


def _pointing(living: Living) -> Iterator[tuple[Bar, str, str]]:
    area = living.new_house_area
    if living.new_house is YesNo.YES and (area or 0) >= LARGE_HOUSE and living.subsidised is not YesNo.YES:
        yield Bar.NEW_HOUSE, f"新建 {area.normalize() if area else 0:f} ㎡", _HOME
    if living.town_flat is YesNo.YES:
        yield Bar.NEW_HOUSE, "商品房", _PROPERTY
    if living.car is YesNo.YES:
        yield Bar.CAR, "小汽车", _PROPERTY
    if living.machinery is YesNo.YES:
        yield Bar.CAR, "大型农机具", _PROPERTY
    if living.public_pay:
        yield Bar.PUBLIC_PAY, "财政供养亲属", _PROPERTY
    if living.employs is YesNo.YES:
        yield Bar.EMPLOYER, "长期雇工", _PROPERTY
