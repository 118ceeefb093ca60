"""Fields of how a household lives: 贫困户登记表, 生产生活条件 and 易地搬迁, and what the visit asks of its property."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Area, Choice, Measure, Money, Text
from db.rules.codes import Fuel, Relocation, RelocationTrouble, Resettlement, ResettlementPlace, Road, YesNo

_REGISTER = "贫困户登记表"
_VISIT = "入户核实表"
_MU = Measure(unit="亩", noun="面积")
_YES_NO = Choice(table=YesNo)


def _land(key: str, label: str, help_: str = "没有填 0") -> Field:
    return Field(key, label, _MU, False, _REGISTER, help_, (f"{label}（亩）", f"{label}面积"))


def _told(key: str, label: str, basis: str = _REGISTER, help_: str = "") -> Field:
    return Field(key, label, _YES_NO, False, basis, help_)


ARABLE = _land("arable", "耕地", "自有承包地，租入的不算；没有填 0")
IRRIGATED = _land("irrigated", "有效灌溉", "不大于耕地面积")
WOODLAND = _land("woodland", "林地")
RETURNED_WOODLAND = _land("returned_woodland", "退耕还林")
ORCHARD = _land("orchard", "林果")
GRASSLAND = _land("grassland", "牧草地")
WATERS = _land("waters", "水域")
FARM_POWER = _told("farm_power", "通生产用电")
HOME_POWER = _told("home_power", "通生活用电")
WATER_SCARCE = _told("water_scarce", "饮水困难")
WATER_SAFE = _told("water_safe", "饮水安全")
BROADCAST = _told("broadcast", "通广播电视")
ROAD_DISTANCE = Field(
    "road_distance", "与村主干路距离", Measure(unit="公里", noun="距离"), False, _REGISTER, "公里，路边填 0"
)
ROAD = Field("road", "入户路类型", Choice(table=Road), False, _REGISTER)
TOILET = _told("toilet", "有卫生厕所")
FUEL = Field("fuel", "主要燃料", Choice(table=Fuel), False, _REGISTER)
COOPERATIVE = _told("cooperative", "加入农民专业合作社")
ENTERPRISE_LED = _told("enterprise_led", "有龙头企业带动")
LEADER_LED = _told("leader_led", "有创业致富带头人带动")
NEW_HOUSE = _told("new_house", "近三年新建住房", _VISIT, "涉及七不进第一条")
NEW_HOUSE_AREA = Field(
    "new_house_area", "新建面积", Area(), False, _VISIT, "建筑面积，平方米；80 平方米以上涉及七不进第一条"
)
SUBSIDISED = _told("subsidised", "政府资助建房", _VISIT, "政府资助困难户建房的，不算七不进第一条")
TOWN_FLAT = _told("town_flat", "购买商品房", _VISIT, "涉及七不进第一条")
CAR = _told("car", "有小汽车", _VISIT, "涉及七不进第三条")
MACHINERY = _told("machinery", "有大型农机具", _VISIT, "涉及七不进第三条")
REGISTERED_BUSINESS = _told("registered_business", "有工商登记", _VISIT)
EMPLOYS = _told("employs", "长期雇工", _VISIT, "涉及七不进第五条")
PUBLIC_PAY = Field(
    "public_pay",
    "财政供养直系亲属",
    Text(limit=100),
    False,
    _VISIT,
    "写明是谁、在哪个单位；没有的留空；涉及七不进第四条",
)
SAVINGS = Field("savings", "存款（自报）", Money(), False, _VISIT, "户主自报，没有填 0", private=True)
RELOCATION = Field("relocation", "搬迁方式", Choice(table=Relocation), False, _REGISTER, "易地搬迁户才填")
RESETTLEMENT = Field("resettlement", "安置方式", Choice(table=Resettlement), False, _REGISTER, "易地搬迁户才填")
RESETTLEMENT_PLACE = Field(
    "resettlement_place", "安置地", Choice(table=ResettlementPlace), False, _REGISTER, "易地搬迁户才填"
)
RELOCATION_TROUBLE = Field(
    "relocation_trouble", "搬迁困难", Choice(table=RelocationTrouble), False, _REGISTER, "易地搬迁户才填"
)

LAND = (ARABLE, IRRIGATED, WOODLAND, RETURNED_WOODLAND, ORCHARD, GRASSLAND, WATERS)
PROPERTY = (
    NEW_HOUSE, NEW_HOUSE_AREA, SUBSIDISED, TOWN_FLAT, CAR, MACHINERY, REGISTERED_BUSINESS, EMPLOYS, PUBLIC_PAY, SAVINGS,
)  # fmt: skip
MOVING = (RELOCATION, RESETTLEMENT, RESETTLEMENT_PLACE, RELOCATION_TROUBLE)
LIVING = catalogue(
    *LAND, FARM_POWER, HOME_POWER, WATER_SCARCE, WATER_SAFE, BROADCAST, ROAD_DISTANCE, ROAD, TOILET, FUEL, COOPERATIVE,
    ENTERPRISE_LED, LEADER_LED, *PROPERTY, *MOVING,
)  # fmt: skip
