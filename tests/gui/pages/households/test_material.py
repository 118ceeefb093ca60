"""材料 in a household's file: what hangs on it and on its papers, what is missing, and taking a wrong one down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.rules.codes import EvidenceKind
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.evidence import evidence, material
from db.services.evidence.evidence import Hanging
from db.services.notices import notices
from db.services.notices.notices import Hung
from desktop.app.office import Office
from desktop.pages.households.material import MaterialTab
from desktop.pages.households.page import HouseholdsPage
from tests.helpers import town
from tests.helpers.qt import shown

K = EvidenceKind
LEFT = Qt.MouseButton.LeftButton


def photo(folder: Path, name: str, colour: str = "red") -> Path:
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"jpeg").write(image)
    path = folder / name
    path.write_bytes(bytes(buffer.data().data()))
    return path


def posted(office: Office, folder: Path) -> int:
    """A household on a notice, with a photo of its own, one of the assembly and one that came in with the posting."""
    home = office.act(applications.file, town.household(1)).household_id
    case_id = office.see(cases.case_of, [home])[home]
    office.act(verification.record, [Visit(case_id, town.visit())])
    office.act(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1)])
    notice = office.act(notices.create, 1, [case_id])
    hung = Hung(office.record.clock.now().date(), photo(folder, "榜.jpg", "blue"))
    office.act(notices.hang, notice, {"村委会": hung})
    own = Hanging(photo(folder, "证.jpg"), K.ID_CARD, home)
    shared = Hanging(photo(folder, "签到.jpg", "green"), K.SIGN_IN, batch_id=1)
    office.act(evidence.hang, [own, shared])
    return home


def opened(office: Office, qtbot: QtBot, home: int) -> MaterialTab:
    page = shown(qtbot, HouseholdsPage(office), 1190, 690)
    office.work.drain()
    page.open_household(home)
    page.view.tabs.setCurrentWidget(page.material)
    office.work.drain()
    return page.material


def test_everything_in_the_file_is_shown_with_a_small_picture(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    home = posted(office, tmp_path)
    tab = opened(office, qtbot, home)
    assert [tile.title for tile in tab.gallery.tiles()] == ["身份证", "公示张贴照片", "评议签到表"]
    assert [tile.tag for tile in tab.gallery.tiles()] == ["", "全村共用", "全村共用"]
    assert all(tile.image is not None for tile in tab.gallery.tiles())
    assert tab.meter.text() == "应有 12 件，欠 9 件"
    assert tab.missing.text().startswith("欠：申请书（签名）、户口簿、入户核实表（签名）")
    assert [h.kind for h in office.see(material.pictures, home)] == [K.ID_CARD, K.NOTICE_START, K.SIGN_IN]


def test_what_is_missing_leads_to_the_tray(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    home = posted(office, tmp_path)
    tab = opened(office, qtbot, home)
    with qtbot.waitSignal(tab.go_asked) as asked:
        QTest.mouseClick(tab.mend, LEFT)
    assert asked.args == ["evidence", home]


def test_a_wrong_photo_is_taken_down_with_a_reason(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    tab = opened(office, qtbot, posted(office, tmp_path))
    tab.gallery.choose([1])
    assert not tab.drop.isEnabled()
    tab.gallery.choose([0])
    QTest.mouseClick(tab.drop, LEFT)
    office.work.drain()
    assert tab.fault.text() == "请写明为什么作废，会记入经过"
    tab.reason.setText("挂错了户")
    QTest.mouseClick(tab.drop, LEFT)
    office.work.drain()
    assert [tile.tag for tile in tab.gallery.tiles()] == ["已作废", "全村共用", "全村共用"]
    assert tab.meter.text() == "应有 12 件，欠 10 件"
    assert [h.kind for h in office.see(material.pictures, 1)] == [K.NOTICE_START, K.SIGN_IN]


def test_nothing_can_be_voided_where_nothing_hangs(office: Office, qtbot: QtBot) -> None:
    page = shown(qtbot, HouseholdsPage(office), 1190, 690)
    page.open_thing(office.act(applications.file, town.household(1)).household_id)
    page.view.tabs.setCurrentWidget(page.material)
    office.work.drain()
    assert not page.material.reason.isVisible()
    assert not page.material.drop.isVisible()
