"""The page of 外部比对 over three invented households."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.app.office import Office
from desktop.pages.crosscheck.page import CrosscheckPage
from tests.helpers.crosslists import HOMES, file
from tests.helpers.qt import stand


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> CrosscheckPage:
    """The page over three households; only the first two are of 华南村."""
    file(office, *HOMES)
    return stand(CrosscheckPage(office), office, qtbot)
