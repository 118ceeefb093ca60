"""The record from the command line, in processes of its own: made, filled, checked, backed up, restored, killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from db.store.clock import SystemClock
from db.store.record import Record

ROOT = Path(__file__).resolve().parents[2]
ROSTER = ROOT / "tests" / "data" / "华阳镇" / "华阳镇2016年相对贫困户申报名册.xlsx"
VILLAGES = "华新村,坪南村,华南村,小拔村,大拔村,华东村,华西村,华北村,太坪村,联丰村,联新村,红光村,中心村"
SECRETS = {"HUYOUKA_PASSWORD": "clerk's pass 1", "HUYOUKA_REVIEWER_PASSWORD": "reviewer's pass 2"}


def _run(*args: object, **changed: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "db", *map(str, args)]
    env = os.environ | SECRETS | changed
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record made by the command, still empty."""
    path = tmp_path_factory.mktemp("made") / "town.huk"
    town = "广东省/梅州市/五华县/华阳镇"
    done = _run("create", path, "--town", town, "--villages", VILLAGES, "--clerk", "陈某甲", "--reviewer", "李某乙")
    assert done.returncode == 0, done.stderr
    assert "恢复密钥" in done.stdout
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Path:
    """A copy of both halves of the empty record."""
    for half in (made, made.with_name("town.huk.keys")):
        (tmp_path / half.name).write_bytes(half.read_bytes())
    return tmp_path / "town.huk"


def test_no_secret_and_no_name_stands_in_the_files(made: Path) -> None:
    text = made.read_bytes() + made.with_name("town.huk.keys").read_bytes()
    assert "华阳镇".encode() not in text
    assert b"clerk's pass" not in text


def test_a_roster_comes_in_once_and_every_fault_is_at_its_row(record: Path) -> None:
    first = _run("import", record, ROSTER, "--json")
    assert first.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert told["counts"]["households"] == {"new": 517, "changed": 0, "same": 0, "faulty": 35}
    assert {"sheet", "row", "column", "key", "text", "severity"} == set(told["findings"][0])
    assert len({(f["sheet"], f["row"]) for f in told["findings"] if f["severity"] == "E"}) == 35
    again = json.loads(_run("import", record, ROSTER, "--json").stdout)
    assert again["counts"]["households"] == {"new": 0, "changed": 0, "same": 517, "faulty": 35}
    assert _run("check", record).stdout.startswith("检查通过")
    assert list(record.parent.glob("backups/*.huk"))


def test_a_dry_run_writes_nothing(record: Path) -> None:
    before = record.read_bytes()
    assert _run("import", record, ROSTER, "--dry-run").returncode == 0
    assert (
        json.loads(_run("import", record, ROSTER, "--dry-run", "--json").stdout)["counts"]["households"]["new"] == 517
    )
    assert len(record.read_bytes()) == len(before)


def test_a_backup_comes_back_as_a_new_file_and_in_place(record: Path) -> None:
    assert _run("import", record, ROSTER).returncode == 0
    backup = next(iter(record.parent.glob("backups/*.huk")))
    new = record.with_name("new.huk")
    assert "0 户 0 人" in _run("restore", backup, new).stdout
    done = _run("restore", record, backup)
    assert done.returncode == 0, done.stderr
    assert "改名保留" in done.stdout
    assert (
        json.loads(_run("import", record, ROSTER, "--dry-run", "--json").stdout)["counts"]["households"]["new"] == 517
    )
    assert _run("upgrade", record).stdout.startswith("档案已是最新格式")


def test_the_ledger_of_an_empty_month_has_its_frame(record: Path, tmp_path: Path) -> None:
    done = _run("ledger", record, "--month", "2016-07", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(next((tmp_path / "out").glob("*.xlsx")))
    assert book.sheetnames == [
        "贫困户花名册", "贫困人口花名册", "月报汇总表", "新增统计表", "终止统计表", "自然增减表", "动态调整台账", "收入明细"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda path: path.with_name("town.huk.keys").unlink(), "town.huk.keys"),
        (lambda path: path.unlink(), "town.huk"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "不完整"),
        (lambda path: path.with_name("town.huk.keys").write_text("{}"), "已损坏"),
    ],
)
def test_a_missing_or_damaged_half_is_named(record: Path, prepare: object, sentence: str) -> None:
    assert callable(prepare)
    prepare(record)
    done = _run("check", record)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_password_is_said_as_such(record: Path) -> None:
    done = _run("check", record, HUYOUKA_PASSWORD="not this one")
    assert done.returncode == 1
    assert "密码不正确" in done.stderr
    assert "损坏" not in done.stderr


def test_what_is_no_roster_is_refused_and_nothing_is_written(record: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["值班表", "星期一"])  # type: ignore[union-attr]
    book.save(other)
    empty, text = tmp_path / "empty.xlsx", tmp_path / "text.xlsx"
    empty.touch()
    text.write_text("hello", "utf-8")
    for path in (other, empty, text, tmp_path / "none.xlsx"):
        done = _run("import", record, path)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert done.stderr.strip()


def test_a_roster_of_which_nothing_can_be_taken_in_is_no_success(record: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(ROSTER)
    for line in book["贫困户"].iter_rows(min_row=5, max_row=556):
        line[1].value = "外村"
    book.save(tmp_path / "roster.xlsx")
    done = _run("import", record, tmp_path / "roster.xlsx", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["counts"]["households"]["faulty"] == 552
    assert "一户也没有录入" in done.stderr


def test_wrong_usage_is_exit_code_two(record: Path) -> None:
    assert _run("nonsense").returncode == 2
    assert _run("ledger", record, "--month", "July").returncode == 2


@pytest.mark.parametrize("delay", [0.25, 0.5, 0.7, 0.9, 1.2])
def test_killed_in_the_middle_of_an_import_the_record_is_as_before_or_after(record: Path, delay: float) -> None:
    command = [sys.executable, "-m", "db", "import", str(record), str(ROSTER), "--json"]
    job = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | SECRETS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(delay)
    job.send_signal(signal.SIGKILL)
    job.wait()
    with (
        Record.open(record, "陈某甲", SECRETS["HUYOUKA_PASSWORD"], clock=SystemClock()) as opened,
        opened.read() as unit,
    ):
        counted = [
            unit.connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one() for t in ("household", "event")
        ]
        assert counted in ([0, 0], [517, 517])
    assert _run("check", record).stdout.startswith("检查通过")
