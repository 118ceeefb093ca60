"""What the sheets of a roster hold: households, persons, or both in one; which of them are read, and what is unclear about that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from db.fields.base import Field
from db.sheets.asked import SKIP, TAKE, Answers, Question
from db.sheets.columns import match
from db.sheets.header import Titles, meaning
from db.sheets.layouts import roster as layout
from db.sheets.survey import Found

Role = Literal["household", "person", "mixed", ""]
WORDS: Mapping[Role, str] = {
    "household": "贫困户表（一户一行）",
    "person": "贫困人口表（一人一行）",
    "mixed": "户和人在一张表",
    "": "不读这张表",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a sheet of one role may and must say."""

    titles: Titles
    fields: Mapping[str, Field]
    needed: Sequence[Field]


TERMS: Mapping[Role, Terms] = {
    "household": Terms(layout.HOUSEHOLD_TITLES, layout.HOUSEHOLD_FIELDS, layout.HOUSEHOLD_NEEDED),
    "person": Terms(layout.PERSON_TITLES, layout.PERSON_FIELDS, layout.PERSON_NEEDED),
    "mixed": Terms(layout.MIXED_TITLES, layout.MIXED_FIELDS, layout.MIXED_NEEDED),
}


def taken(found: Found, answers: Answers) -> bool:
    """Whether a block's sheet is looked at: hidden ones only when the clerk said so."""
    answer: object = answers.get(f"sheet:{found.sheet}", SKIP if found.unseen else TAKE)
    return answer == TAKE


def decide_roles(found: Sequence[Found], answers: Answers) -> tuple[dict[str, Role], list[Question]]:
    """What each layout is, by fingerprint, and what has to be asked about that."""
    first = {one.fingerprint: one for one in reversed(found)}
    own = {fingerprint: _strict(one) for fingerprint, one in first.items()}
    questions = [*_hidden(found, own)]
    said = {f: role for f in first for role in WORDS if answers.get(f"role:{f}") == role}
    here = {one.fingerprint for one in found if taken(one, answers)}
    roles: dict[str, Role] = {f: said.get(f, role) for f, role in own.items() if f in here}
    if "household" in roles.values():
        questions += _beside(roles, first, said)
    if not _whole(roles.values()):
        questions += _loosely(roles, first, said, _unseen_persons(found, own, answers))
    return roles, [question for question in questions if question.key not in answers]


def _unseen_persons(found: Sequence[Found], own: Mapping[str, Role], answers: Answers) -> str:
    """The hidden sheet of persons that is not read, "" when there is none."""
    unseen = (one.sheet for one in found if one.unseen and not taken(one, answers) and own[one.fingerprint] == "person")
    return next(unseen, "")


def _whole(roles: Iterable[Role]) -> bool:
    return "mixed" in roles or {"household", "person"} <= {*roles}


def keys_of(found: Found, titles: Titles) -> set[str]:
    """The keys a block's captions mean, whatever their right to them."""
    return {meant[0] for path in found.block.paths.values() if (meant := meaning(path, titles))}


def _strict(found: Found) -> Role:
    """By its captions alone: who stands in it is named, and either how he is related to the head or what only an application says."""
    both = keys_of(found, layout.MIXED_TITLES)
    if layout.PERSON_MARK in both:
        return _of_persons(both)
    single = keys_of(found, layout.HOUSEHOLD_TITLES)
    named = {"head_name", "head_id"} & single
    return "household" if named and len(single) >= layout.LEAST_COLUMNS and layout.MARKS & single else ""


def _of_persons(keys: set[str]) -> Role:
    if not {"name", "id_number"} & keys:
        return ""
    needed = {field.key for field in layout.HOUSEHOLD_NEEDED} & {*layout.OF_THE_HOUSEHOLD} & keys
    return "mixed" if len(needed) >= layout.LEAST_OF_BOTH and layout.MARKS & keys else "person"


def _hidden(found: Sequence[Found], own: Mapping[str, Role]) -> list[Question]:
    """Whether to read hidden sheets that look like a roster's."""
    unseen = {one.sheet: own[one.fingerprint] for one in found if one.unseen and own[one.fingerprint]}
    return [
        Question(
            "sheet", sheet, f"工作表“{sheet}”是隐藏的，看上去是{WORDS[role]}，要读取吗？",
            ((SKIP, "不读取"), (TAKE, "读取")), SKIP,
        )
        for sheet, role in unseen.items()
    ]  # fmt: skip


def _beside(roles: dict[str, Role], first: Mapping[str, Found], said: Mapping[str, Role]) -> list[Question]:
    """Beside a sheet of households a sheet of both is one of persons; where it has all of a household, the clerk is asked."""
    questions = []
    for fingerprint, role in roles.items():
        if role == "mixed" and fingerprint not in said:
            roles[fingerprint] = "person"
            keys = keys_of(first[fingerprint], layout.MIXED_TITLES)
            if {field.key for field in layout.HOUSEHOLD_NEEDED} - {*layout.HEADS_OWN} <= keys:
                questions.append(_which(first[fingerprint], "person", "里户和人都有，另外又有贫困户表"))
    return questions


def _loosely(
    roles: dict[str, Role], first: Mapping[str, Found], said: Mapping[str, Role], unseen: str
) -> list[Question]:
    """Something is missing: sheets that might be it, by looks alone; else only the sentence that says what is missing."""
    why = _wanting({*roles.values()}, first, unseen)
    questions = []
    for fingerprint, role in roles.items():
        guess = "" if role or fingerprint in said else _loose(first[fingerprint], {*roles.values()} - {""})
        if guess:
            roles[fingerprint] = guess
            questions.append(replace(_which(first[fingerprint], guess, "的表头认不全"), refusal=why))
    return questions if _whole(roles.values()) else [Question("role", "", "", refusal=why)]


def _which(found: Found, proposed: Role, why: str) -> Question:
    options: tuple[Role, ...] = ("household", "person", "mixed", "")
    return Question(
        "role", found.fingerprint, f"工作表“{found.sheet}”{why}，它是什么表？",
        tuple((role, WORDS[role]) for role in options), proposed,
    )  # fmt: skip


def _loose(found: Found, have: set[Role]) -> Role:
    """What a sheet may be when guesses at its columns are counted too."""
    seen = match(found.block.paths, found.cells, layout.MIXED_TITLES, layout.MIXED_FIELDS, ())
    keys = {one.key for one in seen}
    if layout.PERSON_MARK in keys:
        return "" if "person" in have else _of_persons(keys)
    single = match(found.block.paths, found.cells, layout.HOUSEHOLD_TITLES, layout.HOUSEHOLD_FIELDS, ())
    keys = {one.key for one in single} - {""}
    likely = {"head_name", "head_id"} & keys and len(keys) >= layout.LEAST_COLUMNS
    return "household" if likely and "household" not in have and layout.MARKS & keys else ""


def _wanting(have: set[Role], first: Mapping[str, Found], unseen: str) -> tuple[str, str]:
    """What a book lacks to be a roster, and what to do."""
    if "household" in have and unseen:
        return f"的贫困人口表“{unseen}”是隐藏的", "请取消隐藏并保存，再重新选择。"
    if "household" in have:
        return "里没有贫困人口表：找不到“与户主关系”和“户主姓名”列", "请把家庭成员一人一行另列一张表，注明户主。"
    if "person" in have:
        return (
            "里只有贫困人口表，没有一户一行的贫困户表",
            "请把各户的村、组、户主、家庭人口、致贫原因和收入另列一张表，一户一行；也可以写在户主那一行。",
        )
    known = [keys_of(one, layout.HOUSEHOLD_TITLES) for one in first.values()]
    best: set[str] = max(known, key=len, default=set())
    lacking = [field.label for field in layout.HOUSEHOLD_NEEDED if field.key not in best]
    return f"不是申报名册：找不到“{'”“'.join(lacking[:4])}”等列", "请核对是否选错了文件，或补上这些列的表头。"
