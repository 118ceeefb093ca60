"""What a line of the trail seals: every row that was added with it to a table that only grows.

The chain keeps the lines; the seals keep what they speak of. A row changed, removed, or put in beside the program shows when the seals
are held against the tables, even when it was done with the key and the triggers were put back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

from db.rules.codes import Code


class Sealed(Code):
    """The tables whose rows are sealed when they are added; the label is what a finding calls the rows."""

    ACCOUNT = "account", "人员"
    OPTION = "town_option", "办理方式"
    THRESHOLD = "threshold", "年度标准"
    VERSION = "household_version", "农户的历次登记"
    CASE = "case_file", "申请"
    BATCH = "batch", "文件"
    BATCH_EVENT = "batch_event", "文件的张贴和变动"
    EVENT = "event", "办理记录"
    CHANGE = "household_change", "人员和户的变动"
    EVIDENCE = "evidence", "照片和扫描件"
    EVIDENCE_VOID = "evidence_void", "作废的照片和扫描件"
    REKEY_ROUND = "rekey_round", "复录的抽取"
    REKEY_ITEM = "rekey_item", "复录的农户"
    REKEY_ANSWER = "rekey_answer", "复录的内容"
    DOCUMENT = "document", "文号登记"
    DOCUMENT_VOID = "document_void", "作废的文号"
    VILLAGE_EVENT = "village_event", "村组变动"
    RECHECK_ROUND = "recheck_round", "回头看"
    RECHECK_OUTCOME = "recheck_outcome", "回头看结果"
    FINDING_REASON = "finding_reason", "疑点说明"
    IMPORT_RUN = "import_run", "录入的文件"
    IMPORT_ROW = "import_row", "文件录入的农户"
    IMPORT_UNDO = "import_undo", "撤销的录入"
    SENT_SHEET = "sent_sheet", "发出的填报表"
    SENT_ROW = "sent_row", "发出的填报行"
    SENT_RETURN = "sent_return", "收回的填报表"
    CROSS_LIST = "cross_list", "比对名单"
    CROSS_HIT = "cross_hit", "比对结果"
    CROSS_ANSWER = "cross_answer", "比对说明"
    MONTH_CLOSE = "month_close", "月结"
    MONTH_UNLOCK = "month_unlock", "月结解锁"


COLUMNS: Mapping[Sealed, str] = {
    Sealed.ACCOUNT: "id, name, role, since",
    Sealed.OPTION: "id, key, value, at, actor_id",
    Sealed.THRESHOLD: "id, year, kind, amount, index_ppm, source, at, actor_id",
    Sealed.VERSION: "id, household_id, version, at, actor_id, content",
    Sealed.CASE: "id, household_id, ladder, year, number, opened_at",
    Sealed.BATCH: "id, kind, village_id, year, ordinal, label, dated, facts, made_at, actor_id",
    Sealed.BATCH_EVENT: "id, batch_id, act, place, acted_on, entered_at, actor_id, photo_sha, facts",
    Sealed.EVENT: "id, case_id, kind, acted_on, entered_at, actor_id, approver_id, batch_id, bulk, undoes, facts",
    Sealed.CHANGE: (
        "id, household_id, kind, other_id, acted_on, entered_at, actor_id, approver_id, person, "
        "proof, reason, version, facts"
    ),
    Sealed.EVIDENCE: "id, sha256, kind, village_id, household_id, batch_id, place, taken_on, note, at, actor_id",
    Sealed.EVIDENCE_VOID: "id, evidence_id, reason, at, actor_id",
    Sealed.REKEY_ROUND: "id, subject, village_id, pool, at, actor_id",
    Sealed.REKEY_ITEM: "id, round_id, household_id, event_id",
    Sealed.REKEY_ANSWER: "id, item_id, content, differences, at, actor_id",
    Sealed.DOCUMENT: "id, direction, number, title, body, dated, batch_id, village_id, note, at, actor_id",
    Sealed.DOCUMENT_VOID: "id, document_id, reason, at, actor_id",
    Sealed.VILLAGE_EVENT: "id, village_id, group_id, act, acted_on, old_name, new_name, other_id, basis, at, actor_id",
    Sealed.RECHECK_ROUND: "id, year, label, village_id, started_on, at, actor_id",
    Sealed.RECHECK_OUTCOME: (
        "id, round_id, household_id, outcome, acted_on, checkers, reason_code, reason, case_id, at, actor_id"
    ),
    Sealed.FINDING_REASON: "id, household_id, rule, subject, fingerprint, reason, at, actor_id",
    Sealed.IMPORT_RUN: "id, kind, file_name, sha256, counts, at, actor_id",
    Sealed.IMPORT_ROW: "id, run_id, household_id, before, after",
    Sealed.IMPORT_UNDO: "id, run_id, reason, at, actor_id",
    Sealed.SENT_SHEET: "id, token, subject, village_id, columns, file_name, at, actor_id",
    Sealed.SENT_ROW: "id, sent_id, key, household_id, person, version, base",
    Sealed.SENT_RETURN: "id, sent_id, file_name, sha256, counts, at, actor_id",
    Sealed.CROSS_LIST: "id, kind, office, dated, file_name, sha256, rows, at, actor_id",
    Sealed.CROSS_HIT: "id, list_id, household_id, person, name, match, place, facts",
    Sealed.CROSS_ANSWER: "id, hit_id, outcome, explanation, attachments, at, actor_id",
    Sealed.MONTH_CLOSE: "id, year, month, number, households, persons, sha256, payload, at, actor_id, second_id",
    Sealed.MONTH_UNLOCK: "id, close_id, reason, at, actor_id, second_id",
}
"""Named, so that a column a later revision adds does not break the seals of older rows."""
WIDENED: Mapping[Sealed, tuple[str, ...]] = {Sealed.VERSION: (", effective_on",), Sealed.BATCH: (", ladder",)}
"""Columns added since, one entry a revision that added some; a seal says behind the table's name how many of them it covers."""
FACT = "seals"


class Seals:
    """How far the tables reached when a transaction began; ``take`` seals what it has added since."""

    def __init__(self, connection: Connection) -> None:
        self._reached = _highest(connection)

    def take(self, connection: Connection) -> dict[str, str]:
        """The fact for the next line of the trail: a digest of the rows added since the last one; {} when there are none."""
        before, self._reached = self._reached, _highest(connection)
        made = [
            f"{_name(table)} {before[table] + 1} {last} {_digest(connection, table, before[table] + 1, last)}"
            for table, last in self._reached.items()
            if last > before[table]
        ]
        return {FACT: ";".join(made)} if made else {}


def faults(connection: Connection) -> Iterator[str]:
    """Where the tables are not what the trail sealed, as Chinese sentences."""
    reached = dict.fromkeys(Sealed, 0)
    for seq, table, width, first, last, digest in _taken(connection):
        if first != reached[table] + 1:
            yield f"{table.label}第 {reached[table] + 1}—{first - 1} 条没有登记在操作日志里，不是本程序写入的"
        if _digest(connection, table, first, last, width) != digest:
            yield f"{table.label}第 {first}—{last} 条与操作日志第 {seq} 条不符，内容被改动过"
        reached[table] = last
    for table, last in _highest(connection).items():
        if last > reached[table]:
            yield f"{table.label}第 {reached[table] + 1}—{last} 条没有登记在操作日志里，不是本程序写入的"


def _taken(connection: Connection) -> Iterator[tuple[int, Sealed, int, int, int, str]]:
    """Every seal in the trail: the line's number, the table, its width, its first and last row, the digest."""
    query = f"SELECT seq, payload ->> '{FACT}' FROM trail WHERE payload LIKE '%\"{FACT}\"%' ORDER BY seq"
    for seq, text in connection.exec_driver_sql(query).all():
        for part in (text or "").split(";"):
            name, first, last, digest = part.split()
            table, _, width = name.partition("+")
            yield seq, Sealed.of(table), int(width or 0), int(first), int(last), digest


_HIGHEST = ", ".join(f"(SELECT coalesce(max(id), 0) FROM {table.value})" for table in Sealed)


def _highest(connection: Connection) -> dict[Sealed, int]:
    """The newest row of each table; 0 where there is none."""
    return dict(zip(Sealed, connection.exec_driver_sql(f"SELECT {_HIGHEST}").one(), strict=True))


def _name(table: Sealed) -> str:
    """The table as a seal names it: with its width once it was widened."""
    width = len(WIDENED.get(table, ()))
    return f"{table.value}+{width}" if width else table.value


def _digest(connection: Connection, table: Sealed, first: int, last: int, width: int | None = None) -> str:
    """SHA-256 over the stored values of the rows ``first``…``last``; ``width`` of an older seal leaves later columns out."""
    columns = COLUMNS[table] + "".join(WIDENED.get(table, ())[:width])
    query = f"SELECT {columns} FROM {table.value} WHERE id BETWEEN {first} AND {last} ORDER BY id"
    total = hashlib.sha256()
    for row in connection.exec_driver_sql(query):
        total.update(json.dumps(list(row), ensure_ascii=False).encode())
    return total.hexdigest()
