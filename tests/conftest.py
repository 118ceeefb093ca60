"""What every test stands on: a screen nobody sees, Chinese conventions, empty folders instead of the user's own.

Tests in tests/gui and tests/e2e are also held to leave nothing behind and to meet no dialog they did not expect.
"""

import gc
import os
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from hypothesis import settings
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlcipher3 import dbapi2

from db.store import engine
from tests.helpers.dialogs import Dialogs
from tests.helpers.leaks import watching

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the application is made

# The same examples on every machine: a failure seen once is seen again, and a slow machine is no failure.
settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")

TESTS = Path(__file__).parent
WITH_WINDOWS = (TESTS / "gui", TESTS / "e2e")
FAILED = pytest.StashKey[bool]()
LITTER = 20_000
"""Objects made and not let go that are looked through after a window test; where no windows are, ten times as many are no harm."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings, logs and records of the person running the tests are neither read nor written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(home / name))
        for name in [name for name in os.environ if name.startswith("HUYOUKA_")]:
            patch.delenv(name)
        yield


def pytest_collection_finish() -> None:
    """Modules and tests live as long as the process: looking through them again after every test would take half of all the time."""
    gc.collect()
    gc.freeze()


_COLLECTIONS = count(1)
_SETTLING = frozenset(3**n for n in range(8))


def _settle() -> None:
    """What tests import as they go stays for good as well; it is set aside now and then, more and more seldom."""
    if next(_COLLECTIONS) in _SETTLING:
        gc.freeze()


@pytest.fixture(autouse=True)
def garbage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Garbage is collected between tests and on this thread: the thread that talks to the other test processes must not take a Qt
    object of an earlier test apart (see `desktop.app.collecting`)."""
    gc.disable()
    yield
    if gc.get_count()[0] > (LITTER if _has_windows(request) else 10 * LITTER):
        gc.collect()
        _settle()


@pytest.fixture(scope="session", autouse=True)
def one_compiler() -> Iterator[None]:
    """Every test opens a record of its own; what was compiled to SQL for one serves the next, as it serves a clerk all day."""
    first = sqlalchemy.create_engine("sqlite://", module=dbapi2)
    first.connect().close()

    def sharing(*args: Any, **kwargs: Any) -> sqlalchemy.Engine:
        made = sqlalchemy.create_engine(*args, **kwargs)
        made.dialect, made._compiled_cache = first.dialect, first._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "create_engine", sharing)
        yield
    first.dispose()


@pytest.fixture(scope="session")
def chinese_screen(qapp: object) -> None:
    """Dates and buttons as a Chinese office sees them, and a font that can draw them."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if not QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese):
        pytest.exit("No font with Chinese characters. Install one with:  apt-get install fonts-noto-cjk", returncode=3)


def _has_windows(request: pytest.FixtureRequest) -> bool:
    return any(folder in request.path.parents for folder in WITH_WINDOWS)


@pytest.fixture(autouse=True)
def nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a window test that leaves a window, thread, pool job, timer or animation behind."""
    if not _has_windows(request):
        yield
        return
    request.getfixturevalue("chinese_screen")
    with watching() as watch:
        yield
        # A failed test still holds its objects through the traceback; one complaint is enough.
        left = [] if request.node.stash.get(FAILED, False) else watch.left()
    if left:
        pytest.fail("the test left something behind:\n  " + "\n  ".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def held(request: pytest.FixtureRequest, nothing_left: None) -> Iterator[None]:
    """A window given to qtbot lives until qtbot has closed it: qtbot itself knows it weakly, and a shown window that falls to the
    collector between the end of a test and its closing is taken apart in any order, which brings the program down."""
    if not _has_windows(request):
        yield
        return
    windows: list[QWidget] = []
    add = QtBot.addWidget

    def hold(bot: QtBot, widget: QWidget, **kwargs: Any) -> None:
        windows.append(widget)
        add(bot, widget, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QtBot, "addWidget", hold)
        yield
        windows.clear()


@pytest.fixture(autouse=True)
def dialogs(request: pytest.FixtureRequest, nothing_left: None) -> Iterator[Dialogs | None]:
    """The clerk in front of modal dialogs; unexpected ones fail the test."""
    if not _has_windows(request):
        yield None
        return
    with pytest.MonkeyPatch.context() as patch:
        yield Dialogs(patch)
