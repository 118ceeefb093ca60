"""The running log: codes, durations and places, and nothing a person could be found by."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from db.errors import Cancelled, Known, Problem, Refused
from desktop.app import oplog

CANARIES = (
    "陈金丝雀",
    "441401198001011237",
    "13800138123",
    "6222021234567890123",
    "/srv/陈村/户有卡",
    "C:\\Users\\陈村",
)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    oplog.begin(tmp_path)
    yield tmp_path / oplog.FILE
    oplog.end()


def verb(error: Exception | None = None) -> None:
    if error is not None:
        raise error


def run(call: partial[None], least: float = 0.0) -> None:
    with oplog.timed("do", call, least):
        call()


def test_a_verb_is_told_by_its_name_how_long_it_took_and_how_it_ended(log: Path) -> None:
    run(partial(verb))
    refused = Refused(
        [Problem("陈金丝雀不能申请", rule="R05"), Problem("身份证号 441401198001011237 错", field="陈金丝雀")]
    )
    for error in (refused, Cancelled(), KeyError("陈金丝雀")):
        with pytest.raises(type(error)):
            run(partial(verb, error))
    lines = log.read_text("ascii").splitlines()
    assert [line.split(" ", 1)[1].partition(" ")[0] for line in lines] == ["do"] * 4
    assert [line.partition("ms ")[2] for line in lines] == ["ok", "refused -,R05 x2", "stopped", "bug KeyError"]
    assert "test_oplog.verb" in lines[0]


def test_a_service_is_told_with_its_room() -> None:
    from db.services.papers import index

    assert oplog.named(partial(index.offers)) == "papers.index.offers"
    assert oplog.named(oplog.begin) == "oplog.begin"
    assert oplog.named(oplog.timed.__enter__) == "timed.__enter__"


def test_trouble_is_told_by_what_the_system_called_it_and_where_it_was_said(log: Path, tmp_path: Path) -> None:
    from db.store.files import write_bytes

    with pytest.raises(Known):
        run(partial(write_bytes, tmp_path / "没有" / "陈金丝雀.xlsx", b""))
    assert "known ENOENT db.store.files:" in log.read_text("ascii")


def test_what_is_quick_is_not_told_but_its_failure_is(log: Path) -> None:
    run(partial(verb), least=1.0)
    assert not log.exists()
    with pytest.raises(KeyError):
        run(partial(verb, KeyError()), least=1.0)
    assert "bug KeyError" in log.read_text("ascii")


@pytest.mark.parametrize("canary", CANARIES)
def test_whatever_is_handed_over_no_person_gets_into_the_log(log: Path, canary: str) -> None:
    oplog.note("start", canary, f"x{canary}y")
    text = log.read_text("ascii")
    assert canary not in text
    assert not any(part in text for part in ("441401", "138001", "622202", "srv/", "Users\\"))


def test_the_log_stays_small_and_the_oldest_lines_go(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oplog, "LARGEST", 500)
    for n in range(100):
        oplog.note("line", n)
    found = oplog.files(log.parent)
    assert [path.name for path in found][-2:] == ["operations.log.1", "operations.log"][-len(found[-2:]) :]
    assert all(path.stat().st_size < 600 for path in found)
    assert len(found) <= 1 + oplog.KEPT
    assert "line 99" in "".join(path.read_text("ascii") for path in found)
    assert "line 0\n" not in "".join(path.read_text("ascii") for path in found)


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / oplog.FILE).mkdir()
    oplog.begin(tmp_path)
    oplog.note("start")
    oplog.end()


def test_nothing_is_written_before_the_log_has_begun(tmp_path: Path) -> None:
    oplog.end()
    oplog.note("start")
    assert list(tmp_path.iterdir()) == []
