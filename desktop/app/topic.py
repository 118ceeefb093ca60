"""Which ladder a page works on: 识别, or 清退 while some household is to be removed. No paper mixes them, so no list does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.rules.procedure import IDENTIFICATION, REMOVAL, ladders
from db.services.town import search
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.widgets.chips import Chips

_KEYS = {ladder.name: key for key, ladder in ladders().items()}
_WORDS = {key: word for word, key in _KEYS.items()}


class Topic(Chips):
    """Hidden as long as nobody is to be removed. Signal ``chosen(text)`` when the clerk goes over to the other ladder."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(tuple(_KEYS), parent)
        self._office = office

    def renew(self) -> None:
        """Offer the choice when there is one; else identification it is."""
        leaving, _ = self._office.see(search.count, Filter(ladder=REMOVAL, running=True))
        self.setVisible(leaving > 0)
        if not leaving:
            self.choose(_WORDS[IDENTIFICATION])

    def ladder(self) -> str:
        """The key of the ladder worked on."""
        return _KEYS[self.text()]

    def is_removal(self) -> bool:
        """Whether removals are worked on."""
        return self.ladder() == REMOVAL

    def follow(self, wanted: Filter) -> None:
        """Go over to the ladder another page asked for."""
        if wanted.ladder is not None:
            self.choose(_WORDS[wanted.ladder])
