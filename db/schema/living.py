"""How a household lives: land, power, water, road, property, relocation; one row a household that was asked."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import Fuel, Relocation, RelocationTrouble, Resettlement, ResettlementPlace, Road, YesNo
from db.schema.base import Base, Centi, CodeOf, Fen


class LivingRow(Base):
    """Measures in hundredths of 亩, km and ㎡, savings in 分; written anew with each save of its household."""

    __tablename__ = "living"

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), unique=True)
    arable: Mapped[Decimal | None] = mapped_column(Centi)
    irrigated: Mapped[Decimal | None] = mapped_column(Centi)
    woodland: Mapped[Decimal | None] = mapped_column(Centi)
    returned_woodland: Mapped[Decimal | None] = mapped_column(Centi)
    orchard: Mapped[Decimal | None] = mapped_column(Centi)
    grassland: Mapped[Decimal | None] = mapped_column(Centi)
    waters: Mapped[Decimal | None] = mapped_column(Centi)
    farm_power: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    home_power: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    water_scarce: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    water_safe: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    broadcast: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    road_distance: Mapped[Decimal | None] = mapped_column(Centi)
    road: Mapped[Road | None] = mapped_column(CodeOf(Road))
    toilet: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    fuel: Mapped[Fuel | None] = mapped_column(CodeOf(Fuel))
    cooperative: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    enterprise_led: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    leader_led: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    new_house: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    new_house_area: Mapped[Decimal | None] = mapped_column(Centi)
    subsidised: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    town_flat: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    car: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    machinery: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    registered_business: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    employs: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    public_pay: Mapped[str] = mapped_column(default="")
    savings: Mapped[Decimal | None] = mapped_column(Fen)
    relocation: Mapped[Relocation | None] = mapped_column(CodeOf(Relocation))
    resettlement: Mapped[Resettlement | None] = mapped_column(CodeOf(Resettlement))
    resettlement_place: Mapped[ResettlementPlace | None] = mapped_column(CodeOf(ResettlementPlace))
    relocation_trouble: Mapped[RelocationTrouble | None] = mapped_column(CodeOf(RelocationTrouble))
