"""The version is said twice, for the package and for the trail, and must be the same."""

import tomllib

from db.store.revision import PROGRAM
from tests.house.source import ROOT


def test_the_program_and_its_package_bear_the_same_version() -> None:
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"] == PROGRAM
