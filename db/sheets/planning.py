"""From what a look at a workbook found and what was answered so far to what is read, and to what is still to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.fields.base import Field
from db.fields.household import VILLAGE
from db.fields.kinds import Money
from db.fields.member import MEMBER
from db.sheets.asked import SKIP, TAKE, Answers, Question
from db.sheets.book import Cell
from db.sheets.columns import Seen, answered, header_of, match, proposed
from db.sheets.findings import SheetFinding
from db.sheets.header import Header
from db.sheets.layouts import roster as layout
from db.sheets.roles import TERMS, WORDS, Role, decide_roles, keys_of, taken
from db.sheets.survey import Found

YUAN, TENS = "yuan", "ten"
_TOO_MUCH = 1000
"""So many 万元 no household of a roster has: the figures are yuan, whatever the caption says."""
_NAMED = 2
_ALIKE = 3
"""So many columns of a person as often as 与户主关系: several people stand in one row."""


@dataclass(frozen=True, slots=True)
class Part:
    """One block that is read: what it holds, its header as decided, the columns nobody has a use for, the village and group its titles
    name, and whether its hidden rows are read too."""

    found: Found
    role: Role
    header: Header
    unused: tuple[Seen, ...]
    place: tuple[str, str]
    hidden_rows: bool
    hidden_columns: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """``parts`` are read as things stand, with proposals left out; ``questions`` are open; ``columns`` are the questions of columns of
    every layout in use, open or not; ``roles`` say of each sheet what it is read as; ``skipped`` are notes on the others; ``stated`` is the day
    the roster says it was filled in on."""

    parts: tuple[Part, ...]
    questions: tuple[Question, ...]
    columns: tuple[Question, ...]
    roles: Mapping[str, Role]
    skipped: tuple[SheetFinding, ...]
    stated: date | None


def decide(
    found: Sequence[Found], others: Sequence[tuple[str, bool]], villages: Sequence[str], days: Mapping[str, date],
    name: str, answers: Answers,
) -> Decided:  # fmt: skip
    """Everything that follows from the look and the answers. ``days`` are those its sheets state, ``name`` is the book's."""
    answers = _of_one_sheet(found, answers)
    roles, questions = decide_roles(found, answers)
    read = [one for one in found if taken(one, answers) and roles.get(one.fingerprint)]
    questions += _twice(read, roles, answers)
    parts: list[Part] = []
    columns: list[Question] = []
    for fingerprint in dict.fromkeys(one.fingerprint for one in read):
        same = [one for one in read if one.fingerprint == fingerprint]
        made, of_columns, asked = _layout(same, roles[fingerprint], villages, answers)
        parts += made
        columns.append(of_columns)
        questions += (one for one in asked if one.text not in {known.text for known in questions})
    order = {(one.sheet, one.block.top): place for place, one in enumerate(found)}
    parts.sort(key=lambda part: order[part.found.sheet, part.found.block.top])
    stated = _stated(days, read, found)
    if stated is None and "day:" not in answers:
        questions.append(_day(name))
    sheets = {one.sheet: roles.get(one.fingerprint, "") for one in read}
    return Decided(
        tuple(parts), tuple(questions), tuple(columns), sheets, tuple(_skipped(found, others, sheets, answers)), stated
    )


def _stated(days: Mapping[str, date], read: Sequence[Found], found: Sequence[Found]) -> date | None:
    """The last of the days stated on what is read; where that states none, the day of a cover or a sheet of notes, never that of a
    roster left out."""
    here, rosters = {one.sheet for one in read}, {one.sheet for one in found}
    own = [day for sheet, day in days.items() if sheet in here]
    return max(own or [day for sheet, day in days.items() if sheet not in rosters], default=None)


def _twice(read: Sequence[Found], roles: Mapping[str, Role], answers: Answers) -> list[Question]:
    """Sheets of one kind most of whose people stand in another too, as in one of the whole town beside one for each village."""
    sheets: dict[tuple[Role, str], set[str]] = {}
    for one in read:
        sheets.setdefault((roles[one.fingerprint], one.sheet), set()).update(one.numbers)
    questions: dict[str, Question] = {}
    for (role, sheet), numbers in sheets.items():
        for (other_role, other), others in sheets.items():
            if role == other_role and sheet != other and numbers and 2 * len(numbers & others) > len(numbers):
                if f"sheet:{sheet}" in answers or f"sheet:{other}" in answers:
                    continue
                why = (f"的“{sheet}”和“{other}”里是同样的人", "请只留一张，再重新选择。")
                for name, less in ((sheet, len(numbers) <= len(others)), (other, False)):
                    text = f"“{sheet}”里的人在“{other}”里也有，“{name}”要读取吗？"
                    options = ((SKIP, "不读取"), (TAKE, "读取"))
                    questions.setdefault(
                        name, Question("sheet", name, text, options, SKIP if less else TAKE, refusal=why)
                    )
    return list(questions.values())


def _of_one_sheet(found: Sequence[Found], answers: Answers) -> dict[str, object]:
    """What was said of the hidden columns of one layout holds for the others of its sheet, which has them hidden too."""
    said = {one.sheet: answers[key] for one in found if (key := f"hidden:{one.fingerprint}") in answers}
    return {**{f"hidden:{one.fingerprint}": said[one.sheet] for one in found if one.sheet in said}, **answers}


def _layout(
    same: Sequence[Found], role: Role, villages: Sequence[str], answers: Answers
) -> tuple[list[Part], Question, list[Question]]:
    """The parts of one layout, the question of its columns, and what is open about it."""
    terms, first, of = TERMS[role], same[0], same[0].fingerprint
    needed = _needed(same, role, answers)
    needed -= _borrowed(role, keys_of(first, terms.titles))
    seen = match(first.block.paths, _cells(same), terms.titles, terms.fields, needed)
    seen = answered(seen, answers.get(f"columns:{of}", {}))
    if answers.get(f"hidden:{of}") == SKIP:
        seen = tuple(replace(one, key="", sure=True) if one.index in first.hidden_columns else one for one in seen)
    unit = answers.get(f"unit:{of}", "")
    safe = [replace(one, key="", guess=False) if one.guess else one for one in seen]
    if unit == YUAN:
        safe = [replace(one, in_ten_thousands=False) for one in safe]
    needed -= _borrowed(role, {one.key for one in safe})
    columns = _columns(same, role, proposed(seen, _cells(same), terms.fields), safe, needed)
    asked = [columns] if any(not one.sure for one in seen) or columns.refusal[0] else []
    asked += _hidden(same, seen, terms.fields, answers)
    asked += _unit(same, safe, terms.fields, answers)
    asked += _villages(same, role, {one.key for one in seen}, villages, answers)
    return [_part(one, role, safe, unit == TENS, answers) for one in same], columns, asked


def _part(one: Found, role: Role, seen: Sequence[Seen], tens: bool, answers: Answers) -> Part:
    block, fields = one.block, TERMS[role].fields
    header = header_of(block.top, block.bottom, seen, fields, tens)
    village = answers.get(f"village:{one.sheet}", "") or one.place[0]
    unused = tuple(column for column in seen if not column.key)
    rows = answers.get(f"rows:{one.sheet}", TAKE) == TAKE
    hidden = answers.get(f"hidden:{one.fingerprint}", TAKE) == TAKE
    return Part(one, role, header, unused, (village, one.place[1]), rows, hidden)


def _cells(same: Sequence[Found]) -> dict[int, tuple[Cell, ...]]:
    return {index: tuple(cell for one in same for cell in one.cells.get(index, ())) for index in same[0].block.paths}


def _needed(same: Sequence[Found], role: Role, answers: Answers) -> set[str]:
    """The keys a layout must have a column for: without those its titles say."""
    needed = {field.key for field in TERMS[role].needed}
    placed = [one.placed or one.place[0] or answers.get(f"village:{one.sheet}") for one in same]
    if all(placed):
        needed.discard("village")
    if all(one.placed or one.place[1] for one in same):
        needed.discard("group")
    return needed


def _borrowed(role: Role, keys: set[str]) -> set[str]:
    """What of the head his own row among the members says."""
    if role == "household":
        return set()
    return {key for key, own in layout.HEADS_OWN.items() if key not in keys and own in keys}


def _columns(
    same: Sequence[Found], role: Role, seen: Sequence[Seen], safe: Sequence[Seen], needed: set[str]
) -> Question:
    terms, sheets = TERMS[role], dict.fromkeys(one.sheet for one in same)
    shown = "".join(f"“{sheet}”" for sheet in [*sheets][:_NAMED]) + (
        f"等 {len(sheets)} 张" if len(sheets) > _NAMED else ""
    )
    claimed = [one.key for one in safe if one.key]
    doubled = next((key for key in claimed if claimed.count(key) > 1), "")
    abreast = claimed.count(layout.PERSON_MARK)
    if abreast > 1 and sum(claimed.count(key) == abreast for key in layout.OF_A_PERSON) >= _ALIKE:
        what = f"的{shown}表一行里并排写了几个人（“姓名”“与户主关系”等各有 {abreast} 列）"
        refused = (what, "请改成一人一行，再重新选择。")
        return Question("columns", same[0].fingerprint, f"{shown}表一行里有几个人", refusal=refused)
    missed = needed - {*claimed}
    if VILLAGE.key not in {one.key for one in seen}:
        missed.discard(VILLAGE.key)  # no column may be it: the clerk is asked for the village instead
    lacking = [*dict.fromkeys(field.label for field in terms.needed if field.key in missed)]
    refusal = ("", "")
    if doubled:
        places = "、".join(f"{one.letter} 列" for one in safe if one.key == doubled)
        refusal = (
            f"的{shown}表有两列都像“{terms.fields[doubled].label}”（{places}）",
            "请删去或改名其中一列，再重新选择。",
        )
    elif lacking:
        refusal = (f"的{shown}表不是完整的名册：找不到“{'”“'.join(lacking)}”列", "请补上这些列，再重新选择。")
    waiting = sum(not one.sure for one in seen)
    what = WORDS[role].partition("（")[0]
    text = f"{shown}（{what}）有 {waiting} 列请核对" if waiting else f"{shown}（{what}）"
    return Question(
        "columns", same[0].fingerprint, text, columns=tuple(seen), meanings=_meanings(role),
        needed=frozenset(needed - _borrowed(role, {"name", "id_number", "sex"})), refusal=refusal,
    )  # fmt: skip


def _meanings(role: Role) -> tuple[tuple[Field, str], ...]:
    """What a column may mean, each with whom it is about where a sheet has both."""
    fields = TERMS[role].fields
    of_head = {*layout.HEADS_OWN} if role != "household" else set()
    both = {key: "成员" if key in MEMBER else "户主" if key in of_head else "户" for key in fields}
    return tuple((field, both[key] if role != "household" else "") for key, field in fields.items())


def _hidden(
    same: Sequence[Found], seen: Sequence[Seen], fields: Mapping[str, Field], answers: Answers
) -> list[Question]:
    """Hidden columns that mean something, of the layout; hidden rows, of each sheet."""
    questions, of = [], same[0].fingerprint
    unseen = [one for one in seen if one.index in same[0].hidden_columns and (one.key or not one.sure)]
    options = ((TAKE, "一并读取"), (SKIP, "不读取"))
    if unseen and f"hidden:{of}" not in answers:
        names = "、".join(f"{one.letter} 列“{one.words}”" for one in unseen)
        text = f"“{same[0].sheet}”的 {names} 被隐藏了，要读取吗？"
        questions.append(Question("hidden", of, text, options, TAKE))
    rows = {one.sheet: one.hidden_rows for one in same if one.hidden_rows}
    for sheet, numbers in rows.items():
        if f"rows:{sheet}" not in answers:
            text = f"“{sheet}”有 {len(numbers)} 行被隐藏或筛掉（第{numbers[0]}行起），要读取吗？"
            questions.append(Question("rows", sheet, text, options, TAKE))
    return questions


def _unit(same: Sequence[Found], seen: Sequence[Seen], fields: Mapping[str, Field], answers: Answers) -> list[Question]:
    """Whether amounts are 万元: asked where only a line above says so, or where the figures speak against it."""
    money = [one for one in seen if one.key in fields and isinstance(fields[one.key].kind, Money)]
    said = [one for one in money if one.in_ten_thousands]
    amounts = [cell for one in same for column in said for cell in one.cells.get(column.index, ())]
    much = any(isinstance(cell, (int, float)) and cell >= _TOO_MUCH for cell in amounts)
    line = any(one.in_ten_thousands for one in same) and len(said) < len(money)
    if f"unit:{same[0].fingerprint}" in answers or not money or not (much or line):
        return []
    sheet = same[0].sheet
    why = "表头写万元，数却大得像是元" if much and not line else "表上方写着单位是万元"
    return [
        Question(
            "unit", same[0].fingerprint, f"“{sheet}”的金额是元还是万元？{why}。",
            ((TENS, "万元，换算成元"), (YUAN, "是元，照数读取")), YUAN if much else TENS,
            refusal=(f"的“{sheet}”表金额以万元为单位，拿不准", "请把金额和表头都改成以元为单位，再重新选择。"),
        )
    ]  # fmt: skip


def _villages(
    same: Sequence[Found], role: Role, keys: set[str], villages: Sequence[str], answers: Answers
) -> list[Question]:
    """Of which village the households of a sheet are, where neither a column nor a title says so."""
    if role == "person" or "village" in keys:
        return []
    blank = [one.sheet for one in same if not one.place[0] and not one.placed]
    return [
        Question(
            "village", sheet, f"“{sheet}”没有村名一列，表上也没有写是哪个村，这些户是哪个村的？",
            tuple((village, village) for village in villages),
            refusal=(f"的“{sheet}”表不是完整的名册：找不到“村（居）”列", "请补上这些列，再重新选择。"),
        )
        for sheet in dict.fromkeys(blank)
        if f"village:{sheet}" not in answers
    ]  # fmt: skip


def _day(name: str) -> Question:
    return Question(
        "day", "", "表上没有写填报日期（或写的日期不存在），年龄和日期按哪一天核对？",
        refusal=(
            f"“{name}”里找不到填报日期，或写的日期不存在，不知道该按哪一天核对年龄和日期，没有读入任何内容。",
            "请在表尾写上“填报日期：2016年5月25日”的样子，或导入时指定日期。",
        ),
    )  # fmt: skip


def _skipped(
    found: Sequence[Found], others: Sequence[tuple[str, bool]], read: Mapping[str, Role], answers: Answers
) -> list[SheetFinding]:
    hidden = {one.sheet: one.unseen for one in found if one.sheet not in read} | dict(others)
    why = {sheet: "是隐藏的工作表" if unseen else "不是名册" for sheet, unseen in hidden.items()}
    why |= {sheet: "选了不读" for sheet in hidden if answers.get(f"sheet:{sheet}") == SKIP}
    return [SheetFinding(sheet, 0, "", "", f"工作表“{sheet}”{text}，没有读取", "I") for sheet, text in why.items()]
