"""Workbooks of the villages on their way in and out: planned, previewed, taken in, undone, sent and returned."""
