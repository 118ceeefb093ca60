"""What a change does to a household in figures and papers, shown before it is confirmed.

The income of the household stays what it was: a person more or less only divides it by another number, until it is asked anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from db.rules import income
from db.rules.changes.change import Change
from db.rules.changes.outcome import Outcome, changed_head
from db.rules.codes import Attribute, ChangeKind, Code
from db.rules.values import Household


@dataclass(frozen=True, slots=True)
class Figures:
    """A household in figures: people, those able to work, 人均可支配收入 in yuan with two places (None without a sheet), whether that lies
    at or above the line it was judged by (None without a line or a sheet)."""

    size: int
    able: int
    per_head: Decimal | None = None
    over: bool | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """``after`` is None when the household is dissolved. ``other`` are the figures of the household split off, taken in or left, before
    and after. ``told`` says what else changes, ``anew`` what must be asked again, ``reprint`` which papers are printed anew."""

    before: Figures
    after: Figures | None
    other: tuple[Figures | None, Figures | None] = (None, None)
    told: tuple[str, ...] = ()
    anew: tuple[str, ...] = ()
    reprint: tuple[str, ...] = ()

    @property
    def crossed(self) -> bool:
        """Whether the household comes to lie on the other side of the line it was judged by."""
        return (
            self.after is not None
            and None not in (self.before.over, self.after.over)
            and (self.before.over is not self.after.over)
        )


def effect(
    home: Household, change: Change, made: Outcome, *, other: Household | None = None, line: Decimal | None = None,
    number: str = "", other_number: str = "",
) -> Effect:  # fmt: skip
    """The effect of ``made``; ``line`` is the one the visit judged by, ``number`` and ``other_number`` the cards' numbers."""
    before, after = _figures(home, line), _figures(made.home, line) if made.home else None
    if change.kind is ChangeKind.MERGED and other is not None:
        beside: tuple[Figures | None, Figures | None] = (_figures(other, None), None)
    else:
        beside = (_figures(other, None) if other else None, _figures(made.other, None) if made.other else None)
    return Effect(
        before, after, beside, tuple(_told(home, made)), tuple(_anew(home, change, made)),
        tuple(_reprinted(home, change, made, other, number, other_number)),
    )  # fmt: skip


def _figures(home: Household, line: Decimal | None) -> Figures:
    able = sum(1 for m in home.members if m.labour is not None and m.labour.able)
    if home.income is None or not home.size:
        return Figures(home.size, able)
    amount: Fraction = income.per_head(home.income, home.size)
    over = None if line is None else not income.below(amount, line)
    return Figures(home.size, able, income.to_cents(amount), over)


def _told(home: Household, made: Outcome) -> Iterator[str]:
    after = made.home
    if after is None:
        yield "本户没有人了，办完即销户"
        return
    if after.head_name != home.head_name:
        yield f"户主：{home.head_name} → {after.head_name}"
    if after.able is not home.able:
        yield f"有无劳动能力：{_word(home.able)} → {_word(after.able)}"
    if after.group != home.group:
        yield f"村民小组：{home.group} → {after.group}"
    were = {(m.name, m.id_number): m.relation for m in home.members}
    for member in after.members:
        was = were.get((member.name, member.id_number), member.relation)
        if was is not member.relation and after.head_name != member.name:
            yield f"{member.name}与户主关系：{_word(was)} → {_word(member.relation)}"


def _anew(home: Household, change: Change, made: Outcome) -> Iterator[str]:
    after = made.home
    if after is not None and after.size != home.size and home.income is not None:
        yield f"收入核算仍是 {home.income.year} 年原来的数，只按 {after.size} 人重算人均；收入有变的，请在“收入核算”里改"
    if after is not None and changed_head(home, change):
        yield "联系电话、开户行和银行卡号是原户主的，请核对"
    if change.kind is ChangeKind.SPLIT:
        yield "新户的收入、住房、电话、银行卡没有带过去，请按新户重新填"
    if change.kind is ChangeKind.MERGED:
        yield "并入的人的收入没有加进来，请按一户重新核算收入"
    if after is not None and after.attribute is Attribute.FIVE_GUARANTEES and (made.left or made.joined):
        yield "本户是五保户，人员变了，属性请与民政名单核对"
    for member in made.joined if change.kind is not ChangeKind.MERGED else ():
        if not member.id_number:
            yield f"{member.name}还没有身份证号，上户口后请补号码"


def _reprinted(
    home: Household, change: Change, made: Outcome, other: Household | None, number: str, other_number: str
) -> Iterator[str]:
    slip = {ChangeKind.HEAD: "户主变更确认表", ChangeKind.SPLIT: "分户确认表"}
    if number and made.home is not None:
        yield f"户卡 {number}（{made.home.head_name}户，{made.home.size} 人）重新打印，原卡收回"
    if number and made.home is None:
        yield f"户卡 {number} 收回作废"
    if number and change.kind is ChangeKind.SPLIT and made.other is not None:
        yield f"新户卡（{made.other.head_name}户，{made.other.size} 人）办完即编号，须打印"
    elif other is not None and other_number and made.other is not None:
        gone = change.kind is ChangeKind.MERGED
        yield f"户卡 {other_number}（{other.head_name}户）" + ("收回作废" if gone else "重新打印，原卡收回")
    yield f"家庭人员变动登记表（{home.village}）加一行"
    if change.kind in slip or (made.home is not None and changed_head(home, change)):
        yield f"{slip.get(change.kind, slip[ChangeKind.HEAD])}，由户主签名"


def _word(code: Code | None) -> str:
    return code.label if code is not None else "未填"
