"""The register of all consistency rules by number: which function holds each, and why some are not asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from db.rules import counts, door, removal, turns
from db.rules.changes import checks as changes
from db.rules.checks import dates, record
from db.rules.checks.asked import ASKED, ASKED_OF_MORE
from db.rules.checks.finding import Severity
from db.rules.checks.rule import Rule, Scope


def _held(number: str, severity: Severity, title: str, scope: Scope, check: Callable[..., Any], *also: str) -> Rule:
    """A rule that a room of the procedure holds."""
    return Rule(number, severity, title, scope, check, (), also)


_PROCEDURE = (
    _held("R64", "E", "期初加减变动不等于期末", "paper", counts.movement_problems, "db.rules.ledger.problems"),
    _held("R65", "E", "各村之和不等于全镇合计", "paper", counts.town_total, "db.rules.ledger.problems"),
    _held("R66", "E", "期初与上期期末不同", "paper", counts.movement_problems),
    _held("R67", "E", "新增、终止各栏之和不等于合计", "paper", turns.turn_problems),
    _held("R73", "E", "变动没有日期或证明，或日期不对", "date", changes.dated,
          "db.rules.changes.checks.proved", "db.rules.changes.checks.newborn"),
    _held("R74", "E", "户主死亡或离开，没有选新户主", "paper", changes.successor),
    _held("R75", "W", "60 岁以下死亡没有证明", "paper", changes.early_death, "db.rules.changes.checks.reasoned"),
    _held("R76", "E", "已脱贫、销户的户再申请或变动", "paper", changes.still_there, "db.rules.reapplying.reapplying_problems"),
    _held("R78", "E", "清退没有走程序或没有原因", "paper", removal.proposal_problems),
    _held("R72", "E", "七不进没有认定就往下办", "date", door.refusals, "db.rules.eligibility.ruling_problem"),
)  # fmt: skip

RULES: Mapping[str, Rule] = {
    rule.number: rule
    for rule in sorted(
        (*ASKED, *ASKED_OF_MORE, *record.RULES, *dates.RULES, *_PROCEDURE), key=lambda rule: int(rule.number[1:])
    )
}
NOT_ASKED: Mapping[str, str] = {
    "R06": "年龄和出生日期一律由身份证号算出，不另外录入，没有可比的",
    "R10": "成员行引用户的编号，数据库不允许没有户的成员；名册里对不上户的成员在读入时报错",
    "R11": "户引用村和组的编号，数据库不允许没有村的户",
    "R24": "村名、组名在读名册和保存时与本镇的村组表核对，档案里只存编号",
    "R26": "档案里没有公安部门的姓名，部门比对结果记在镇审核表",
    "R77": "脱贫还没有开办，没有脱贫年度",
    "R79": "帮扶记录和放弃帮扶声明还没有开办",
    "R113": "帮扶责任人还没有录入档案",
    "R114": "帮扶责任人还没有录入档案",
}
"""Rules of the list that no function holds, each with the reason."""
