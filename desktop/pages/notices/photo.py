"""A photo of a posting in its own window, taken out of the record only to be looked at."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.errors import Known
from db.services.evidence import attachments
from desktop.app.office import Office
from desktop.printing.photos import image
from desktop.widgets.photoview import LARGEST, PhotoView

__all__ = ["PhotoView", "show_photo"]


def show_photo(office: Office, parent: QWidget, sha: str) -> None:
    """Show one kept photo; what cannot be read is announced in the window's banner."""
    try:
        content = office.see(attachments.content, sha)
    except Known as known:
        office.work.tell(known)
        return
    view = PhotoView(image(content, LARGEST), parent)
    view.exec()
    view.deleteLater()
