"""Who may import what, where the tool that checks the layers cannot see it."""

import subprocess
import sys

import pytest

from tests.house.source import ROOT, modules

QT = ("PySide6", "shiboken6", "qtpy", "qtawesome")
LIBRARIES = ("sqlalchemy", "alembic", "sqlcipher3", "openpyxl", "python_calamine")
OUTSIDERS = ("desktop/tour/otherhands.py", "desktop/tour/rereading.py")
"""Where the tour plays the other offices, with a program that is not ours."""

WALLS = (
    ("db", QT, ()),
    ("db/migrations", ("db",), ()),
    ("desktop", LIBRARIES, ()),
    ("desktop/pages", ("db.schema", "db.store"), ()),
    ("desktop/forms", ("db.schema", "db.store"), ()),
    ("desktop/widgets", ("db.schema", "db.store"), ()),
    ("desktop/window", ("db.schema", "db.store"), ()),
    ("desktop/printing", ("db.schema", "db.store"), ("db.store.files", "db.store.practising")),
)


def _within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize(("room", "closed", "door"), WALLS, ids=[room for room, _, _ in WALLS])
def test_a_room_does_not_import_what_lies_behind_its_wall(
    room: str, closed: tuple[str, ...], door: tuple[str, ...]
) -> None:
    broken = [
        f"{module.path} imports {name}"
        for module in modules(room)
        for name in module.imports()
        if module.path not in OUTSIDERS and _within(name, closed) and not _within(name, door)
    ]
    assert not broken


@pytest.mark.parametrize("room", ["db/rules", "db/fields"])
def test_rules_and_fields_stand_on_the_standard_library_alone(room: str) -> None:
    foreign = [
        f"{module.path} imports {name}"
        for module in modules(room)
        for name in module.imports()
        if name.split(".")[0] not in sys.stdlib_module_names | {"db"}
    ]
    assert not foreign


def test_the_record_runs_where_qt_is_not_installed() -> None:
    names = [module.path.removesuffix(".py").replace("/", ".") for module in modules("db")]
    plain = [name for name in names if "migrations" not in name and not name.endswith("__main__")]
    program = (
        "import importlib, sys\n"
        f"for name in {QT!r}: sys.modules[name] = None\n"
        f"for name in {plain!r}: importlib.import_module(name.removesuffix('.__init__'))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
