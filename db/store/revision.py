"""Which file this program writes: the mark of its records, the newest schema revision, and the version of the program."""

from __future__ import annotations

APPLICATION_ID = 0x48594B31
"""``HYK1`` in the header of every record."""

HEAD = "0003"
"""The newest revision under db/migrations/versions; ``user_version`` holds it as a number."""

PROGRAM = "0.1.0"
"""Version of the program, written into every line of the trail."""
