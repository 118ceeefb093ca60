"""The record fixtures for every test of the store."""

from tests.helpers.record import make_record, record, template_record

__all__ = ["make_record", "record", "template_record"]
