"""One application typed like the paper: by keys alone, judged at its boxes, saved once, refused without loss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.rules.codes import ApplicationKind, IdKind, Sex, Structure, YesNo
from db.services.cases import applications
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from tests.gui.pages.intake.conftest import Filed, put
from tests.helpers import town
from tests.helpers.qt import commit, press, typed

ENTER = Qt.Key.Key_Return


def _all(office: Office) -> tuple[int, int]:
    return office.see(search.count, Filter())


def _first(office: Office) -> int:
    return office.see(search.ids, Filter())[0]


def _answer(*keys: str) -> None:
    """Type each text and go on with Enter; Chinese comes from the input method."""
    for key in keys:
        if key.isascii():
            typed(key)
        else:
            commit(key)
        press(ENTER)


def _cells(*keys: str) -> None:
    """The same in the grid, where typing opens the editor of the cell and Enter alone goes past it."""
    for key in keys:
        if key:
            press(Qt.Key.Key_F2)
            _answer(key)
        else:
            press(ENTER)


def test_an_application_is_typed_by_keys_alone(page: IntakePage, office: Office) -> None:
    page.type_it.click()
    man = town.id_number(date(1968, 3, 12), 5, Sex.MALE)
    wife = town.id_number(date(1970, 6, 2), 5, Sex.FEMALE)
    _answer("1", "3", "2016.5.10", "1", "廖某明", man, "", "13712342201", "", "", "")
    _answer("1", "", "1", "7", "", "", "", "48", "3", "2", "1986")
    _cells("1", "2", "1", "1", "1", "", "")
    _cells("林某芳", "2", wife, "1", "2", "1", "1", "1", "", "", "")
    _answer("4,200", "1100元", "0", "700", "200", "", "妻子在家照料老人", "")
    page.save()
    office.work.drain()
    found = office.see(households.get, _first(office))
    assert (found.village, found.group, found.applied_on) == ("华南村", "第三组", date(2016, 5, 10))
    assert [(m.name, m.id_number, m.sex) for m in found.members] == [
        ("廖某明", man, Sex.MALE),
        ("林某芳", wife, Sex.FEMALE),
    ]
    assert (found.size_stated, found.able_stated, found.reason) == (2, 2, "妻子在家照料老人")
    assert (found.application_kind, found.structure, found.built_year) == (ApplicationKind.FIRST, Structure.EARTH, 1986)
    assert found.income is not None
    assert (found.income.year, str(found.income.wages), str(found.income.business)) == (2015, "4200.00", "1100.00")
    assert page.views.currentWidget() is page.waiting
    assert page.waiting.table.current_id() == found.id


def test_the_heads_row_shows_what_was_typed_above_and_cannot_be_typed(page: IntakePage) -> None:
    page.type_new()
    home = town.household(1)
    put(page, home)
    shown = page.entry.form.members.rows()[0]
    assert (shown["name"], shown["id_number"], shown["born"]) == (home.head_name, home.head_id, "1968-03-12 · 48 岁")
    assert not page.entry.form.members.model.takes(0, 0)


def test_income_is_added_up_while_typing_and_held_against_the_line(page: IntakePage, qtbot: QtBot) -> None:
    page.type_new()
    put(page, town.household(1, income=3000))
    qtbot.waitUntil(lambda: "3,000.00" in _texts(page.entry.form.sums))
    assert "低于 2015 年标准 4,000.00 元" in _texts(page.entry.form.sums)
    page.entry.form.income.go_to("wages")
    typed("8000")
    qtbot.waitUntil(lambda: "不低于 2015 年标准" in _texts(page.entry.form.sums))


def test_a_wrong_number_is_said_on_leaving_its_box_and_a_blank_one_not_yet(page: IntakePage, qtbot: QtBot) -> None:
    page.type_new()
    form = page.entry.form
    form.head.go_to("head_id")
    typed("44140119680312003")
    press(ENTER)
    qtbot.waitUntil(lambda: "17 位，应为 18 位" in form.head.cell("head_id").fault.text())
    assert not form.head.editor("head_name").problem()
    qtbot.waitUntil(lambda: "项必填没有填" in _texts(form.findings))


def test_a_doubtful_phone_is_said_and_does_not_stop(page: IntakePage, office: Office, qtbot: QtBot) -> None:
    page.type_new()
    put(page, replace(town.household(1), phone="1371234220"))
    page.entry.form.judge()
    assert page.entry.form.head.cell("phone").fault.property("role") == "warn"
    with qtbot.waitSignal(page.said) as said:
        page.save()
    assert said.args is not None
    assert said.args[1] == "ochre"
    assert "手机号 1371234220 是 10 位" in said.args[0]
    assert _all(office) == (1, 2)


def test_everything_wrong_is_marked_at_its_box_and_stays_until_mended(page: IntakePage, office: Office) -> None:
    page.type_new()
    home = town.household(1)
    put(page, replace(home, main_cause=None, income=replace(home.income, wages=None) if home.income else None))
    form = page.entry.form
    form.members.model.put(1, 2, [["44140119700602"]])
    page.save()
    office.work.drain()
    form.judge()
    assert form.head.faulty() == ["main_cause"]
    assert form.income.faulty() == ["wages"]
    assert [(row, key) for row, key, _ in form.members.model.faults()] == [(1, "id_number")]
    assert form.head.editor("main_cause").core.hasFocus()
    assert "有 3 处要改" in form.faults.text()
    assert _all(office) == (0, 0)
    form.members.model.put(1, 2, [[home.members[1].id_number]])
    form.head.editor("main_cause").set_raw("因病")
    form.income.set_texts({"wages": "100"})
    page.save()
    office.work.drain()
    assert _all(office) == (1, 2)


def test_unreadable_boxes_and_missing_ones_are_said_together(page: IntakePage, office: Office) -> None:
    page.type_new()
    put(page, replace(town.household(1), group=""))
    page.entry.form.income.set_texts({"wages": "约三千"})
    page.save()
    assert page.entry.form.head.faulty() == ["group"]
    assert "“约三千”不是金额" in page.entry.form.income.editor("wages").problem()
    office.work.drain()
    assert _all(office) == (0, 0)
    assert page.entry.form.income.texts()["wages"] == "约三千"


def test_a_number_of_another_household_is_said_at_the_heads_box(page: IntakePage, office: Office, filed: Filed) -> None:
    filed(town.household(1))
    page.type_new()
    put(page, town.named(replace(town.household(1), members=town.household(1).members[:1]), "别某人"))
    page.save()
    office.work.drain()
    assert "已属于" in page.entry.form.head.editor("head_id").problem()
    assert _all(office) == (1, 2)


def test_f3_saves_and_goes_on_with_the_same_village_and_day(page: IntakePage, office: Office) -> None:
    page.type_new()
    put(page, town.household(1, group="第二组"))
    page.next_record()
    office.work.drain()
    assert _all(office) == (1, 2)
    found = page.entry.form.head.texts()
    assert (found["village"], found["group"], found["applied_on"]) == ("华南村", "第二组", "2016-05-10")
    assert found["head_name"] == ""
    assert page.entry.form.head.editor("head_name").core.hasFocus()
    assert not page.entry.form.is_dirty()


def test_f3_walks_through_the_list_when_changing(page: IntakePage, office: Office, filed: Filed) -> None:
    first, second = filed(town.household(1)), filed(town.household(2))
    page.renew()
    office.work.drain()
    page.open_thing(first)
    assert "第 1 户，共 2 户" in page.subtitle_label.text()
    page.entry.form.head.go_to("phone")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    typed("13900000001")
    page.next_record()
    office.work.drain()
    assert page.entry.household_id == second
    assert office.see(households.get, first).phone == "13900000001"
    page.next_record()
    assert page.views.currentWidget() is page.waiting


def test_somebody_else_saved_first_is_said_with_what_differs(page: IntakePage, office: Office, filed: Filed) -> None:
    home = filed(town.household(1))
    page.open_thing(home)
    other = replace(office.see(households.get, home), phone="13900000009", bank="县农信社")
    office.act(applications.file, other)
    page.entry.form.head.editor("phone").set_raw("13900000001")
    page.entry.form.head.changed.emit()
    page.save()
    office.work.drain()
    assert "联系电话：13900000009 → 13900000001" in page.entry.strip.text()
    assert page.entry.form.head.texts()["phone"] == "13900000001"
    page.save()
    office.work.drain()
    found = office.see(households.get, home)
    assert (found.phone, found.version) == ("13900000001", 3)


def test_what_the_application_does_not_ask_is_kept_also_through_a_draft(
    page: IntakePage, office: Office, filed: Filed
) -> None:
    home = town.household(1)
    head, wife = home.members
    sheet = replace(home.income, pension=Decimal("1200.00"), transfer=Decimal("1200.00")) if home.income else None
    household = filed(replace(home, members=(head, replace(wife, medical_insured=YesNo.YES)), income=sheet))
    page.open_thing(household)
    page.entry.form.head.go_to("phone")
    typed("1")
    page.entry.keep_now()
    page.show()
    office.work.drain()
    page.entry.open(household)
    page.entry.form.head.editor("phone").set_raw("13900000001")
    page.save()
    office.work.drain()
    found = office.see(households.get, household)
    assert (found.phone, found.members[1].medical_insured) == ("13900000001", YesNo.YES)
    assert found.income == sheet


def test_another_sum_forgets_the_items_it_was_made_of(page: IntakePage, office: Office, filed: Filed) -> None:
    home = town.household(1)
    sheet = replace(home.income, pension=Decimal("1200.00"), transfer=Decimal("1200.00")) if home.income else None
    household = filed(replace(home, income=sheet))
    page.open_thing(household)
    page.entry.form.income.editor("transfer").set_raw("900")
    page.save()
    office.work.drain()
    found = office.see(households.get, household).income
    assert found is not None
    assert (found.transfer, found.pension) == (Decimal("900.00"), None)


def test_a_person_without_a_card_is_asked_for_his_papers(page: IntakePage, office: Office) -> None:
    page.type_new()
    put(page, town.household(1))
    grid = page.entry.form.members
    kind, proof = (len(grid.model.fields) - 2, len(grid.model.fields) - 1)
    assert not grid.model.takes(1, kind)
    grid.model.put(1, 2, [[""]])
    assert grid.model.takes(1, kind)
    grid.model.put(1, kind, [["港澳台居民居住证", "公证2016-3"]])
    member = page.entry.form.household().members[1]
    assert (member.id_kind, member.police_proof) == (IdKind.HONGKONG_MACAU_TAIWAN, "公证20163")
    assert proof == kind + 1


def test_a_filed_household_offers_the_way_to_the_changes_and_no_new_rows(
    page: IntakePage, filed: Filed, qtbot: QtBot
) -> None:
    page.type_new()
    assert page.entry.form.change.isHidden()
    household = filed(town.household(1))
    page.open_thing(household)
    grid = page.entry.form.members
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(1, 11))
    press(ENTER)
    assert grid.model.rowCount() == 2
    assert page.entry.form.income.editor("wages").core.hasFocus()
    with qtbot.waitSignal(page.go_asked) as asked:
        page.entry.form.change.click()
    assert asked.args == ["households", household]


def test_the_line_at_the_foot_explains_the_field_one_is_in(page: IntakePage) -> None:
    page.type_new()
    page.entry.form.head.go_to("benefit_number")
    assert "低保户、五保户填证上的编号" in page.entry.form.help.text()
    assert "依据：申请登记表" in page.entry.form.help.text()


def test_opening_a_household_that_is_gone_says_so(page: IntakePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.said) as said:
        page.open_thing(4711)
    assert said.args == ["档案里没有这一户，可能已被删除，请刷新列表", "red"]
    assert page.views.currentWidget() is page.waiting


def _texts(card: QWidget) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if not label.isHidden())
