"""What was typed for a household and not yet saved: kept when the clerk goes on to another one, and in the record against a crash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject

from db.services.town import drafts
from desktop.app.office import Office

PREFIX = "visit/"


class Held(QObject):
    """Drafts of visits by household, of the person logged in."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._actor = 0
        self._texts: dict[int, dict[str, str]] = {}

    def load(self) -> None:
        """Read the drafts kept in the record, once for each person who logs in."""
        actor = self._office.record.actor.id
        if actor != self._actor:
            kept = drafts.load(self._office.record, PREFIX)
            self._texts = {int(k.key.removeprefix(PREFIX)): json.loads(k.content) for k in kept}
            self._actor = actor

    def get(self, household_id: int) -> Mapping[str, str] | None:
        """What was typed for a household, None when nothing waits."""
        return self._texts.get(household_id)

    def keep(self, household_id: int, texts: Mapping[str, str]) -> None:
        """Keep what stands in the form."""
        if self._texts.get(household_id) == texts:
            return
        self._texts[household_id] = dict(texts)
        content = json.dumps(self._texts[household_id], ensure_ascii=False)
        key = f"{PREFIX}{household_id}"
        self._office.work.write("保存草稿", partial(drafts.keep, self._office.record, key, content))

    def drop(self, household_id: int) -> None:
        """It was saved or given up."""
        if self._texts.pop(household_id, None) is not None:
            self._office.work.write("清除草稿", partial(drafts.drop, self._office.record, f"{PREFIX}{household_id}"))
