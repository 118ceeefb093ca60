"""数据体检 on this computer: beside what the rules find, the people whose names its fonts cannot print."""

from __future__ import annotations

from dataclasses import replace

from db.services.health import rarenames
from db.services.health.health import Checkup
from desktop.app.office import Office
from desktop.printing.fonts import missing

HOW = "档案没有错，是这台电脑缺字：装上有这些字的字体，或印好后手写补上"


def with_rare_names(office: Office, found: Checkup) -> Checkup:
    """The check-up with a group of its own for them, as notes that stop nothing; to be called beside the window."""
    hits = office.see(rarenames.find, missing)
    return replace(found, hits=(*found.hits, *hits), titles={**found.titles, rarenames.RULE: rarenames.TITLE})
