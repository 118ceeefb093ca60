"""民主评议: whether enough people came and how a vote ended (村民委员会组织法, 村民会议 and 村民代表会议)."""

from __future__ import annotations

from db.rules.codes import AppraisalKind


def quorum(kind: AppraisalKind, due: int, *, by_households: bool = False) -> int:
    """The least number of people who must be present.

    村民会议: more than half of the villagers aged 18 and over, or representatives of two thirds of the households (then ``due``
    counts households). 村民代表会议: two thirds of the representatives.
    """
    if kind is AppraisalKind.VILLAGERS and not by_households:
        return due // 2 + 1
    return -(-2 * due // 3)


def meeting_problems(kind: AppraisalKind, due: int, present: int, *, by_households: bool = False) -> tuple[str, ...]:
    """What is wrong with the attendance, as Chinese sentences; empty when the assembly could decide."""
    if due < 1:
        return ("应到人数要大于 0，请按会议记录填写",)
    if present < 0 or present > due:
        return (f"实到 {present} 人与应到 {due} 人不符，请按签到表核对",)
    needed = quorum(kind, due, by_households=by_households)
    if present >= needed:
        return ()
    share = "三分之二以上" if kind is AppraisalKind.REPRESENTATIVES or by_households else "过半数"
    return (f"{kind.label}应到 {due}、实到 {present}，须{share}（至少 {needed}）到会，评议无效，请重新召开",)


def vote_problem(yes: int, no: int, abstained: int, present: int) -> str:
    """What is wrong with the votes on one household; "" when they add up to those present."""
    if min(yes, no, abstained) < 0:
        return "票数不能小于 0，请按会议记录核对"
    cast = yes + no + abstained
    if cast == present:
        return ""
    return f"同意 {yes}、不同意 {no}、弃权 {abstained}，共 {cast} 票，与实到 {present} 人不符，请按会议记录核对"


def passed(yes: int, present: int) -> bool:
    """Whether a household passed: more than half of those present agreed."""
    return 2 * yes > present
