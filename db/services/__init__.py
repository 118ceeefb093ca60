"""Verbs on the record: one act, one transaction, frozen results. The only door for the desktop."""
