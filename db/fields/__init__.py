"""Every field of the record, declared once; pure."""
