"""The whole program with a record, and its desk for 关于, 日志 and 更新 put in the place of a copy that trusts a test's key."""

from __future__ import annotations

from tests.helpers.program import clerk

__all__ = ["clerk"]
