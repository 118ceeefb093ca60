"""The record's command line, one function a command; each prints Chinese and returns nothing, or raises Refused or Known.

Passwords come from a prompt or from HUYOUKA_PASSWORD (经办人) and HUYOUKA_REVIEWER_PASSWORD (审核人); they are never arguments.
"""

from __future__ import annotations

import getpass
import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.errors import Known, Refused
from db.rules.codes import Role
from db.rules.groups import group_name
from db.rules.ledgerchoice import Choice
from db.services.health import audit
from db.services.ledger import export as ledger_export
from db.services.ledger import ledger
from db.services.sheets import imports, layouts
from db.services.sheets.imports import FATE_WORDS, FATES, Preview
from db.services.town import town
from db.services.town.town import TownSetup, VillageSetup
from db.sheets.opening import read_book
from db.sheets.roster import roster_of
from db.store import backup as backups
from db.store.clock import SystemClock
from db.store.files import write_bytes
from db.store.keyring import by_password
from db.store.record import NewPerson, Record
from db.store.upgrade import upgrade as upgrade_record

CLOCK = SystemClock()


class _Quiet:
    """A slip for long jobs nobody watches."""

    def report(self, done: int, total: int, text: str) -> None:
        """Nobody asks."""

    def check(self) -> None:
        """Nobody stops it."""


def create(args: Namespace) -> None:
    """Make a new town record with its first two people and write the recovery sheet beside it."""
    groups = tuple(group_name(n) for n in range(1, args.groups + 1))
    villages = tuple(
        VillageSetup(name.strip(), groups) for name in args.villages.replace("，", ",").split(",") if name.strip()
    )
    setup = TownSetup.of_path(args.town, villages)
    sheet = args.record.with_suffix(".恢复密钥.txt")
    if sheet.exists():
        raise Known(f"“{sheet}”已存在。", "那可能是另一份档案的恢复密钥，请先收好再移走。")
    people = (
        NewPerson(args.clerk, Role.CLERK, _password("HUYOUKA_PASSWORD", f"为经办人 {args.clerk} 设密码")),
        NewPerson(
            args.reviewer, Role.REVIEWER, _password("HUYOUKA_REVIEWER_PASSWORD", f"为审核人 {args.reviewer} 设密码")
        ),
    )
    record, code = Record.create(args.record, people=people, setup=lambda unit: town.set_up(unit, setup), clock=CLOCK)
    record.close()
    text = f"{setup.name}档案恢复密钥\n\n{code}\n\n请打印后锁进保险柜，再删除本文件。所有人都忘记密码时，只有它能打开档案。\n"
    write_bytes(sheet, text.encode())
    sheet.chmod(0o600)
    print(f"档案已建立：{args.record}（密钥文件 {record.keys_path.name}，两个文件缺一不可）")
    print(f"恢复密钥写在：{sheet}（请打印收好，再删除这个文件）")


def import_roster(args: Namespace) -> None:
    """Take in a village roster; with --dry-run only the preview."""
    with _opened(args.record) as record:
        book = read_book(args.roster, _Quiet())
        with record.read() as unit:
            villages = {v.name: tuple(g.name for g in v.groups) for v in town.villages(unit)}
            plan = layouts.propose_roster(unit, book)
        roster = roster_of(book, plan, villages=villages, today=args.as_of)
        with record.read() as unit:
            shown = imports.preview(unit, roster, args.roster.name)
        if args.json:
            print(json.dumps(imports.summary(shown), ensure_ascii=False))
        else:
            _print_preview(shown)
        if args.dry_run:
            return
        if not imports.ticked(shown):
            if not (shown.count("same")[0] or shown.count("conflict")[0]):
                raise Refused("名册里的户都有错，一户也没有录入，档案没有改动；请按上面的提示改好再导入")
            print("没有可录入的新户或变动，档案没有改动。", file=sys.stderr)
            return
        made = backups.backup(record)
        with record.write() as unit:
            done = imports.apply(unit, shown)
        print(f"录入前备份：{made.path}", file=sys.stderr)
        kept = f"；有冲突的 {done.conflict[0]} 户留了档案的内容" if done.conflict[0] else ""
        print(f"已录入 {done.new[0]} 户 {done.new[1]} 人，变动 {done.changed[0]} 户{kept}。", file=sys.stderr)


def month_ledger(args: Namespace) -> None:
    """Write the month's ledger workbook into a folder."""
    with _opened(args.record) as record:
        with record.read() as unit:
            found = ledger.month(unit, args.month.year, args.month.month)
            name = ledger_export.file_name(found, Choice(), ledger_export.pattern(unit))
        args.out.mkdir(parents=True, exist_ok=True)
        done = ledger_export.export(record, found, args.out / name, _Quiet())
    print(f"台账已写出：{done.path}（{done.counted.households} 户 {done.counted.persons} 人）")


def check(args: Namespace) -> None:
    """Prove the file, the trail and the meaning of a record; Known when anything is wrong."""
    from db.store.check import check as check_store

    with _opened(args.record) as record:
        found = list(check_store(record))
        with record.read() as unit:
            found += audit.faults(unit)
    for text in found:
        print(text)
    if found:
        raise Known(f"检查发现 {len(found)} 处问题，档案没有改动。", "请先备份，再按上面的提示处理。")
    print("检查通过：数据页、引用、操作日志、办理记录都相符。")


def backup(args: Namespace) -> None:
    """Make a verified backup beside the record or in a folder."""
    with _opened(args.record) as record:
        made = backups.backup(record, args.out)
    print(f"备份已写出并校验：{made.path}")


def restore(args: Namespace) -> None:
    """Bring a backup back: as a new pair of files, or, where the record is there, in its place with the old pair kept beside."""
    source, target = _source_and_target(args.record, args.other)
    name = _who(args.name, source)
    unlock = by_password(name, _password("HUYOUKA_PASSWORD", f"{name} 在备份当日的密码"))
    fresh = target.with_name(f"{target.stem}-恢复-{CLOCK.now():%Y%m%d-%H%M%S}.huk") if target.exists() else target
    rows = backups.restore(source, fresh, unlock, clock=CLOCK)
    people = f"{rows['household']} 户 {rows['member']} 人"
    if fresh == target:
        print(f"已恢复到 {target}：{people}。")
        return
    kept = backups.swap_in(fresh, target, CLOCK)
    print(f"已恢复到 {target}：{people}。原来的档案改名保留为 {kept}。")


def _source_and_target(one: Path, other: Path) -> tuple[Path, Path]:
    """Which of two files is the backup: the one that exists, or the second when both do."""
    if not one.exists() and not other.exists():
        raise Known(f"没有找到“{one.name}”，也没有找到“{other.name}”。", "请核对备份文件的位置。")
    return (one, other) if not other.exists() else (other, one)


def upgrade(args: Namespace) -> None:
    """Bring an older record to this program's form, with a backup first."""
    name = _who(args.name, args.record)
    unlock = by_password(name, _password("HUYOUKA_PASSWORD", f"{name} 的密码"))
    made = upgrade_record(args.record, unlock, clock=CLOCK)
    print("档案已是最新格式，没有改动。" if made is None else f"已升级；升级前的备份：{made.path}")


def _opened(path: Path) -> Record:
    name = _who("", path)
    return Record.open(path, name, _password("HUYOUKA_PASSWORD", f"{name} 的密码"), clock=CLOCK)


def _who(name: str, path: Path | None = None) -> str:
    found = name or os.environ.get("HUYOUKA_NAME", "")
    if not found and path is not None:
        found = _only_clerk(path)
    return found or _asked("姓名", input)


def _only_clerk(path: Path) -> str:
    """The first name the keys file knows; the clerk comes first when a record is made."""
    from db.store.opening import require_pair

    return next(iter(slot.name for slot in require_pair(path).slots), "")


def _password(variable: str, asking: str) -> str:
    return os.environ.get(variable) or _asked(asking, getpass.getpass)


def _asked(what: str, ask: Callable[[str], str]) -> str:
    if not sys.stdin.isatty():
        raise Refused(f"没有终端可以询问“{what}”，请设好环境变量后再运行")
    return ask(f"{what}：")


def _print_preview(shown: Preview) -> None:
    if shown.seen:
        print(f"{shown.seen}。")
    for fate in FATES:
        households, persons = shown.count(fate)
        print(f"{FATE_WORDS[fate]}：{households} 户 {persons} 人")
    for finding in shown.findings:
        print(f"[{finding.severity}] {finding.place} {finding.key}：{finding.text}")


def month(text: str) -> date:
    """2016-07 as the first day of the month; ValueError otherwise."""
    return date.fromisoformat(f"{text}-01")
