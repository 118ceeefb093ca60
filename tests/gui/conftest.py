"""Window tests are also held to the help: whatever page or dialog a test opens, F1 has a paragraph for each input in it."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from tests.helpers.explained import unexplained


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Dialogs are looked at as they open, pages when the test is through."""
    found: set[str] = set()

    def looking(shows: Callable[..., Any]) -> Callable[..., Any]:
        def show(dialog: Any, *given: Any) -> Any:
            found.update(unexplained(dialog))
            return shows(dialog, *given)

        return show

    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "show", "exec"):
            patch.setattr(QDialog, name, looking(getattr(QDialog, name)))
        yield
    if QApplication.instance() is not None:
        found.update(unexplained())
    if found:
        lost = "\n  ".join(sorted(found))
        pytest.fail(f"F1 has no paragraph for (CONTRIBUTING, Adding help):\n  {lost}", pytrace=False)
