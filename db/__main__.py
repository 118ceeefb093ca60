"""``python -m db``: the record without any window. Exit 0 done, 1 refused with a Chinese sentence, 2 wrong usage."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from db import commands
from db.errors import Known, Refused


class Commands(Protocol):
    """What argparse gives back for adding commands."""

    def add_parser(self, name: str, *, help: str) -> ArgumentParser:  # noqa: A002 - argparse's own word
        """A parser for one command."""


def parser() -> ArgumentParser:
    """The commands and their arguments."""
    whole = ArgumentParser(prog="python -m db", description="户有卡档案：建立、录入、台账、检查、备份、恢复、升级")
    made = whole.add_subparsers(required=True, metavar="命令")
    _add_create(made)
    _add_import(made)
    ledger = made.add_parser("ledger", help="写出月度台账")
    _record(ledger).add_argument("--month", type=commands.month, required=True, help="如 2016-07")
    ledger.add_argument("--out", type=Path, required=True, help="写到哪个文件夹")
    ledger.set_defaults(run=commands.month_ledger)
    _record(made.add_parser("check", help="检查档案")).set_defaults(run=commands.check)
    backup = _record(made.add_parser("backup", help="备份并校验"))
    backup.add_argument("--out", type=Path, help="备份到哪个文件夹，默认在档案旁")
    backup.set_defaults(run=commands.backup)
    restore = _record(made.add_parser("restore", help="从备份恢复"))
    restore.add_argument("other", type=Path, help="备份文件（档案在前）；或者备份在前，新文件在后")
    restore.add_argument("--name", default="", help="姓名")
    restore.set_defaults(run=commands.restore)
    upgrade = _record(made.add_parser("upgrade", help="升级旧档案"))
    upgrade.add_argument("--name", default="", help="姓名")
    upgrade.set_defaults(run=commands.upgrade)
    return whole


def _record(command: ArgumentParser) -> ArgumentParser:
    command.add_argument("record", type=Path, help="档案文件，如 town.huk")
    return command


def _add_create(made: Commands) -> None:
    command = _record(made.add_parser("create", help="建立档案"))
    command.add_argument("--town", required=True, help="省/市/县/镇")
    command.add_argument("--villages", required=True, help="各村，用逗号隔开")
    command.add_argument("--groups", type=int, default=8, help="每村几个村民小组")
    command.add_argument("--clerk", required=True, help="经办人姓名")
    command.add_argument("--reviewer", required=True, help="审核人姓名")
    command.set_defaults(run=commands.create)


def _add_import(made: Commands) -> None:
    command = _record(made.add_parser("import", help="录入名册"))
    command.add_argument("roster", type=Path, help="名册 .xlsx")
    command.add_argument("--as-of", type=date.fromisoformat, default=None, help="按哪一天判断年龄，默认填报日期")
    command.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    command.add_argument("--json", action="store_true", help="以 JSON 输出预览")
    command.set_defaults(run=commands.import_roster)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    args = parser().parse_args(argv)
    try:
        args.run(args)
    except (Refused, Known) as told:
        print(told, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
