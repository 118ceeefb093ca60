"""One sentence on a field: what to fill in, on what it rests, and on which papers it will stand."""

from __future__ import annotations

from db.fields.base import Field
from db.fields.papers import papers_of


def explain(field: Field) -> str:
    """For the quiet line at the foot of a form."""
    papers = papers_of(field)
    parts = (
        field.help,
        f"依据：{field.basis}" if field.basis else "",
        f"出现在：{'、'.join(papers)}" if papers else "",
    )
    return "　".join(part for part in parts if part)
