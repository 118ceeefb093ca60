"""The roll groups by attribute, adds up in households and persons, and cuts ID numbers unless told otherwise."""

from dataclasses import replace

from db.papers import roll
from db.papers.model import Row, RowKind, Table
from db.papers.roll import RollFacts
from tests.unit.papers import examples


def rows(facts: RollFacts, kind: RowKind) -> list[Row]:
    table = next(block for block in roll.build(facts).blocks if isinstance(block, Table))
    return [row for row in table.rows if row.kind is kind]


def test_groups_stand_in_the_order_of_the_code_table() -> None:
    assert [row.cells[0] for row in rows(examples.roll(), RowKind.GROUP)] == [
        "一、一般贫困户",
        "二、低保户",
        "三、五保户",
    ]


def test_numbers_run_through_the_groups() -> None:
    assert [row.cells[0] for row in rows(examples.roll(7), RowKind.DATA)] == ["1", "2", "3", "4", "5", "6", "7"]


def test_subtotals_add_up_to_the_total() -> None:
    facts = examples.roll()
    subtotals = [int(row.cells[1]) for row in rows(facts, RowKind.SUBTOTAL)]
    (total,) = rows(facts, RowKind.TOTAL)
    persons = sum(row.size for row in facts.rows)
    assert sum(subtotals) == persons == int(total.cells[1])
    assert total.cells[0] == f"合计　60户{persons}人"


def test_an_unknown_figure_makes_the_sum_unknown() -> None:
    facts = examples.roll(3)
    gap = replace(facts, rows=(replace(facts.rows[0], able_members=None), *facts.rows[1:]))
    (total,) = rows(gap, RowKind.TOTAL)
    assert total.cells[2] == "—"
    assert rows(facts, RowKind.TOTAL)[0].cells[2] == "3"


def test_ids_are_cut_to_the_tail_by_default() -> None:
    whole = examples.roll(4)
    assert whole.rows[1].id_number not in roll.build(whole).text()
    assert "*001X" in roll.build(whole).text()
    assert whole.rows[1].id_number in roll.build(examples.roll(4, show_ids=True)).text()


def test_every_row_fills_every_column() -> None:
    table = next(block for block in roll.build(examples.roll()).blocks if isinstance(block, Table))
    for row in table.rows:
        if row.kind is not RowKind.GROUP:
            assert len(row.cells) + row.span - 1 == len(table.columns)


def test_lies_across_and_is_named_by_village() -> None:
    paper = roll.build(examples.roll())
    assert paper.landscape
    assert paper.file_stem == "汇总名册-华南村"
    assert "华南村村民委员会（盖章）" in paper.text()
