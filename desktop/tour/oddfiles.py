"""A roster nobody has seen before: what its captions mean is asked, the difference to the record is ticked and mended, the workbook goes
back with its faults, and what was taken in is taken back. Then the files that are no workbooks at all.

The record is afterwards what it was, but for one telephone number that the clerk corrected himself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from db.rules.codes import (
    Attribute,
    Code,
    Education,
    Ethnicity,
    Health,
    Labour,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    YesNo,
)
from db.rules.identity import check_digit
from db.rules.values import Household, Income, Member
from db.services.register import households
from db.services.sheets.imports import FATE_WORDS
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.intake.page import IntakePage
from desktop.tour import otherhands, rereading
from desktop.tour.otherhands import Row, Value
from desktop.tour.stage import Stage, StageError
from desktop.tour.workbooks import Script

FOLDER = "收到的表"
NAME = "补报名册（片区）.xlsx"
NEW_PHONE, CORRECTED_PHONE, PHONE = "13800004401", "13800004402", "1380000441{}"
REASON = "片区多报，村里要重新核对再报"
KNOWN: Mapping[str, str] = {
    "身体情况": "健康状况", "家里几口人": "家庭人口", "困难根子": "主要致贫原因", "种养收入": "生产经营性收入", "打卡账号": "一卡通账号",
}  # fmt: skip
"""What this office calls otherwise than everybody else, and what it means."""
CAPTIONS = (
    "序号", "村名", "组别", "与户主关系", "姓名", "身份证号", "性别", "民族", "在校情况", "文化程度", "劳动技能", "身体情况", "残疾证号", "家里几口人",
    "劳动力人数", "贫困户属性", "有无劳动能力", "困难根子", "申请日期", "工资性收入", "种养收入", "财产性收入", "转移性收入", "生产经营性支出",
    "人均可支配收入", "手机", "打卡账号",
)  # fmt: skip
EXPECTED = {"new": 1, "changed": 1, "conflict": 1, "same": 1, "faulty": 2}
"""What becomes of the households of this roster."""
WIFE = ("19610708", 962)
"""Birth and order in the number of a person whose last digit was written down wrong."""
_OLD = 3
"""So many of them are in the record already."""


def play(stage: Stage, script: Script, home: Path) -> None:
    """The whole act; StageError when the record counts otherwise afterwards."""
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    before = stage.office.see(search.count, Filter())
    page = stage.page("intake", IntakePage)
    old = _known_homes(stage)
    _correct_phone(stage, page, old[1])
    rows = _rows(script, old)
    path = otherhands.typed(folder / NAME, "Sheet1", rows, ("A1:AA1",))
    _ask(stage, page, path)
    _look(stage, page)
    _export(stage, page)
    _mend(stage, page)
    _take_in(stage, page)
    _take_back(stage, page, before)
    _strange(stage, page, folder, path, rows)
    stage.click(page.back)


def _known_homes(stage: Stage) -> list[Household]:
    """Some small households of the record, whole enough to be written down again."""
    found = stage.office.see(households.get_many, stage.office.see(search.ids, Filter()))
    names = Counter((home.village, home.head_name) for home in found.values())
    fit = [
        home for home in found.values()
        if home.size <= 2 and home.phone and home.income is not None and names[home.village, home.head_name] == 1
    ]  # fmt: skip
    if len(fit) < _OLD:
        raise StageError("the record has no small households to report again")
    return fit[:_OLD]


def _correct_phone(stage: Stage, page: IntakePage, home: Household) -> None:
    """修改申请: the clerk corrects a telephone number after the roster came in."""
    page.change(home.id or 0)
    stage.settle()
    stage.type(page.entry.form.head.editor("phone"), CORRECTED_PHONE)
    stage.click(page.save_it)


def _ask(stage: Stage, page: IntakePage, path: Path) -> None:
    """表头对应: five captions nobody knows are told once."""
    stage.shell.banner.close_now()
    stage.click(page.import_it)
    page.read_roster(path)
    stage.settle()
    asking = page.roster.asking
    if page.roster.pages.currentWidget() is not asking:
        raise StageError(f"the captions were not asked about: {page.roster.strip.text()}")
    stage.picture("名册导入-问表头对应")
    for table in asking.tables.values():
        for index in table.unsure():
            stage.choose(table.box(index), KNOWN[CAPTIONS[index]])
    stage.picture("名册导入-表头对应已核对")
    stage.click(asking.go)


def _look(stage: Stage, page: IntakePage) -> None:
    """What the file says against what the record says, household by household and cell by cell."""
    shown = page.roster.preview
    if shown is None:
        raise StageError(f"the roster was not read: {page.roster.strip.text()}")
    fates = Counter(row.fate for row in shown.rows)
    if fates != EXPECTED:
        raise StageError(f"the roster was understood otherwise than it is: {dict(fates)}")
    for place, row in enumerate(shown.rows):
        if row.fate in ("changed", "conflict"):
            page.roster.households.go_to(place)
            stage.settle()
            stage.picture(f"名册预览-{FATE_WORDS[row.fate]}的格")


def _export(stage: Stage, page: IntakePage) -> None:
    """导出错误清单: the very workbook with its faulty cells marked and a column that says why."""
    target = stage.out / f"{Path(NAME).stem}（错误清单）.xlsx"
    page.roster.export_to(target)
    stage.settle()
    (rows,) = rereading.sheets(target).values()
    place = rereading.column(rows, "错误原因")
    said = [str(row[place]) for row in rows if str(row[place]).startswith("【有错】")]
    rereading.hold("rows with a fault", target, len(said), EXPECTED["faulty"])


def _mend(stage: Stage, page: IntakePage) -> None:
    """就地改: the number with a wrong last digit is typed right, and its household is judged anew."""
    page.roster.households.go_to(0)
    page.roster.go_to_next_fault()
    stage.settle()
    mend = page.roster.detail.mend
    if mend.editor is None:
        raise StageError("the wrong number cannot be mended in place")
    stage.picture("名册预览-有错就地改")
    stage.type(mend.editor, _number(*WIFE))
    stage.click(mend.do_it)
    if page.roster.preview is None or page.roster.preview.count("new")[0] != EXPECTED["new"] + 1:
        raise StageError(f"the mended household is not a new one: {page.roster.strip.text()}")
    stage.picture("名册预览-改好以后")


def _take_in(stage: Stage, page: IntakePage) -> None:
    """What is ticked is written; the conflict keeps what the record holds."""
    stage.click(page.take_in)
    stage.picture("名册补报-已录入")


def _take_back(stage: Stage, page: IntakePage, before: tuple[int, int]) -> None:
    """撤销这次录入, with a reason: the record counts as before."""
    if stage.office.see(search.count, Filter()) == before:
        raise StageError(f"nothing was taken in: {page.roster.strip.text()}")
    stage.click(page.roster.strip.buttons[0])
    stage.type(page.roster.history.box.reason, REASON)
    stage.picture("名册补报-撤销录入")
    stage.click(page.roster.history.box.do_it)
    stage.picture("历次录入-已撤销")
    after = stage.office.see(search.count, Filter())
    if after != before:
        raise StageError(f"the record counts {after} and not {before} after the roster was taken back")


def _strange(stage: Stage, page: IntakePage, folder: Path, path: Path, rows: Sequence[Row]) -> None:
    """Text with commas and a web page under a workbook's name are read; what cannot be read is told in a sentence."""
    for made in (
        otherhands.delimited(folder / "补报名册.csv", rows),
        otherhands.web_page(folder / "系统导出的补报名册.xls", rows),
    ):
        page.read_roster(made)
        stage.settle()
        if page.roster.preview is None:
            raise StageError(f"“{made.name}” was not read: {page.roster.strip.text()}")
        stage.picture(f"名册导入-{made.suffix[1:]}文件")
    for made, word, name in (
        (otherhands.locked(folder / "有密码的名册.xlsx"), "密码", "设了密码的文件"),
        (otherhands.half(path, folder / "没下完的名册.xlsx"), "没有下载完整", "损坏的文件"),
    ):
        page.read_roster(made)
        stage.settle()
        if word not in page.roster.strip.text():
            raise StageError(f"“{made.name}” is told otherwise: {page.roster.strip.text()!r}")
        stage.picture(f"名册导入-{name}")


def _rows(script: Script, old: Sequence[Household]) -> list[Row]:
    """Title, advice, captions, six households and a foot."""
    village = script.villages[0]
    new, wrong, odd = (_invented(village.name, village.groups[0], n) for n in range(3))
    right = _number(*WIFE)
    slip = replace(wrong.members[1], id_number=right[:17] + ("1" if right[17] != "1" else "2"))
    wrong = replace(wrong, members=(wrong.members[0], slip))
    changed, conflict, same = replace(old[0], phone=NEW_PHONE), *old[1:]
    made: list[Row] = [
        (f"{script.town}补报相对贫困户名册（按片区）",), ("说明：一人一行，户的内容写在户主那一行；没有的填 0。",), CAPTIONS,
    ]  # fmt: skip
    for number, home in enumerate((new, wrong, changed, conflict, odd, same), 1):
        made += _lines(number, home, "生病" if home is odd else "")
    day = script.filled_on
    return [*made, (f"填表人：某干部　　　填报日期：{day.year}年{day.month}月{day.day}日",)]


def _lines(number: int, home: Household, cause: str) -> Iterator[Row]:
    """A household as this office writes it: a row a person, the household's own columns in the head's."""
    money = home.income or Income(0)
    own = (
        home.size, sum(m.labour is not None and m.labour.able for m in home.members), _said(home.attribute), _said(home.able),
        cause or _said(home.main_cause), _said(home.applied_on), *map(_said, (money.wages, money.business, money.property, money.transfer)),
        _said(money.business_cost), _said(money.per_head_stated), home.phone, home.bank_card,
    )  # fmt: skip
    for place, one in enumerate(home.members):
        person = (
            one.relation, one.name, one.id_number, one.sex, one.ethnicity, one.schooling, one.education, one.labour, one.health,
            one.disability_number,
        )  # fmt: skip
        yield (number if not place else "", home.village, home.group, *map(_said, person), *(() if place else own))


def _said(value: Code | Decimal | date | str | None) -> Value:
    """As it stands in a cell."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.label if isinstance(value, Code) else value


def _invented(village: str, group: str, place: int) -> Household:
    """A household that exists nowhere: a man, and his wife where ``place`` is 1."""
    man = _person(
        f"{'蓝邬卜'[place]}某{'林溪田'[place]}", Relation.HEAD, _number("19580304", 951 + 2 * place), Sex.MALE
    )
    wife = _person("蓝某莲", Relation.SPOUSE, _number(*WIFE), Sex.FEMALE)
    people = (man, wife) if place == 1 else (man,)
    each = Decimal(2900)
    income = Income(
        2015, wages=each * len(people), business=Decimal(0), property=Decimal(0), transfer=Decimal(0), business_cost=Decimal(0),
        per_head_stated=each,
    )  # fmt: skip
    return Household(
        village, group, man.name, man.id_number, Sex.MALE, len(people), len(people), Attribute.ORDINARY, YesNo.YES, PovertyCause.SKILL,
        phone=PHONE.format(place), applied_on=date(2016, 5, 10), income=income, members=people,
    )  # fmt: skip


def _person(name: str, relation: Relation, number: str, sex: Sex) -> Member:
    return Member(
        name,
        relation,
        number,
        sex,
        Ethnicity.HAN,
        Education.PRIMARY,
        Schooling.NONE,
        Health.HEALTHY,
        "",
        Labour.ORDINARY,
    )


def _number(born: str, order: int) -> str:
    body = f"441401{born}{order:03d}"
    return body + check_digit(body)
