"""A county paper registered when it came in is offered where its number is asked, so that it is typed once."""

from __future__ import annotations

from db.services.cases import documents
from desktop.app.office import Office
from desktop.widgets.offer import Offer


def offer_incoming(office: Office, offer: Offer) -> None:
    """Offer the newest paper in 收文登记簿 that is on no batch yet; nothing when there is none."""
    found = office.see(documents.unused)
    if not found:
        offer.make("", {})
        return
    newest = found[0]
    texts = {"number": newest.number, "dated": newest.dated.isoformat()}
    offer.make(f"用收文登记里的 {newest.number}（{newest.dated:%m-%d}）", texts)
