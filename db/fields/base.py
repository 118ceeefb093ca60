"""What a field is: its key, its caption, its kind, when it is demanded, where it comes from and how it is explained.

A field is data. Where a form, a sheet or a rule needs more than this, it is written there as code.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.fields.kinds import Kind


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the record.

    ``key`` is the attribute name in the frozen values, ``label`` the caption of the paper, ``demanded`` whether an application may not
    be filed without it, ``basis`` the paper or article that asks for it, ``help`` what to fill in, ``titles`` other captions met in
    workbooks, ``private`` whether lists show it masked.
    """

    key: str
    label: str
    kind: Kind
    demanded: bool = False
    basis: str = ""
    help: str = ""
    titles: tuple[str, ...] = ()
    private: bool = False


def catalogue(*fields: Field) -> dict[str, Field]:
    """Fields by key; a key declared twice or without a label is a programming error."""
    found: dict[str, Field] = {}
    for field in fields:
        if field.key in found or not field.label:
            raise ValueError(f"field {field.key!r} declared twice or without label")
        found[field.key] = field
    return found
