"""The tour from the first start to the county's decision, act by act, and what it leaves behind."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from db.errors import Known
from db.services.imports import Preview
from db.services.visit_import import VisitPlan
from db.services.vote_import import VotePlan
from db.store.clock import CST, FixedClock
from db.store.wrap import STRONG, Cost
from desktop.app.door import FILE_NAME, Door
from desktop.app.program import Program
from desktop.app.settings import Settings
from desktop.app.start import make_application
from desktop.tour import (
    assemblies,
    closing,
    correcting,
    county,
    leftout,
    opening,
    outcome,
    postings,
    reviews,
    roster,
    views,
    visits,
)
from desktop.tour.cast import CLERK, REVIEWER
from desktop.tour.stage import Stage, workday_from
from desktop.tour.workbooks import Script, Workbooks, read_script

RECORD = "档案"
MORNING, AFTERNOON = 9, 15
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the three workbooks' previews showed."""

    roster: Preview
    visits: VisitPlan
    votes: VotePlan


def play(books: Workbooks, out: Path, home: Path, cost: Cost = STRONG) -> None:
    """Play the whole tour into ``out``; ``home`` takes the settings of the computer it is played on.

    Known for workbooks that cannot be used or a folder that holds somebody else's record; ``cost`` of passwords is only lowered by tests.
    """
    script = read_script(books)
    folder = _empty(out / RECORD)
    QApplication.instance() or make_application(sys.argv[:1])
    clock = FixedClock(datetime(*script.filled_on.timetuple()[:3], MORNING, tzinfo=CST))
    program = Program(Door(clock, cost, home / "anchors.json"), Settings(home / "settings.ini"))
    stage = Stage(program, clock, out)
    usual, sys.excepthook = sys.excepthook, stage.note_bug
    try:
        _play(stage, script, folder)
    finally:
        sys.excepthook = usual
        _close(program)
    stage.say(f"完：图片、表册、台账、summary.json、stayed_out.json 都在 {out}")
    stage.say(f"演示用的档案在 {folder / FILE_NAME}（经办人 {CLERK.name}，密码 {CLERK.password}）")


def _play(stage: Stage, script: Script, folder: Path) -> None:
    stage.say(f"{script.town}：{len(script.villages)} 个村，名册填报日期 {script.filled_on}")
    opening.start(stage)
    opening.found(stage, script, folder)
    opening.log_in(stage, CLERK)
    shown = _applications(stage, script)
    last = _notices(stage, script)
    _town(stage, script, last)
    _county(stage, script)
    _leave_behind(stage, script, shown)


def _applications(stage: Stage, script: Script) -> Shown:
    """Roster, visits, rulings and assemblies, each after the papers' own days."""
    preview = roster.take_in(stage, script)
    roster.look_at_form(stage)
    views.desk(stage, "工作台-名册录入后")
    visits.look_at_form(stage)
    stage.pass_to(workday_from(max(script.visited_on, script.filled_on) + DAY), MORNING)
    taken = visits.take_in(stage, script)
    opening.hand_over(stage, REVIEWER)
    visits.rule_all(stage)
    opening.hand_over(stage, CLERK)
    visits.look_at_incomplete(stage)
    stage.pass_to(workday_from(max(script.held_on, stage.today) + DAY), MORNING)
    votes = assemblies.take_in(stage, script)
    correcting.correct_votes(stage, votes)
    return Shown(preview, taken, votes)


def _notices(stage: Stage, script: Script) -> date:
    """Every village's list on its walls; returns the last day of the longest period."""
    postings.make_all(stage, script)
    stage.pass_to(stage.today, AFTERNOON)
    last = postings.hang_all(stage, script)
    postings.look_at_objection(stage, script)
    stage.pass_to(last, MORNING)
    views.desk(stage, "工作台-公示期满前")
    return last


def _town(stage: Stage, script: Script, last: date) -> None:
    """Opinions, rolls and the town's review."""
    stage.pass_to(workday_from(last + DAY), MORNING)
    postings.take_down_all(stage, script)
    reviews.opine_all(stage, script)
    reviews.print_rolls(stage, script)
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    opening.hand_over(stage, REVIEWER)
    reviews.review_all(stage)
    opening.hand_over(stage, CLERK)


def _county(stage: Stage, script: Script) -> None:
    """Announcement, second check, decision and cards."""
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    last = county.announce(stage, script)
    stage.pass_to(workday_from(last + DAY), MORNING)
    county.recheck(stage, script)
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    county.decide(stage, script)
    county.make_cards(stage, script)


def _leave_behind(stage: Stage, script: Script, shown: Shown) -> None:
    """The month's ledger, who stayed out and why, and the counts."""
    closing.write_ledger(stage)
    views.households(stage)
    unused = (*leftout.unused_visits(shown.visits), *leftout.unused_votes(shown.votes))
    rows = leftout.rows(stage.office, shown.roster, script.filled_on, unused)
    closing.write_left_out(stage, rows)
    counts = outcome.summary(stage.office, shown.roster, [v.name for v in script.villages])
    leftout.write_json(counts, stage.out / "summary.json")
    carded = counts["carded"]
    stage.say(f"建档立卡 {carded['households']} 户 {carded['persons']} 人，未进入 {len(rows)} 户")


def _close(program: Program) -> None:
    """Close the window and the record, whatever happened."""
    program.window.leave()
    program.end()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _empty(folder: Path) -> Path:
    """A folder for the record of this tour; that of an earlier tour is taken away, anybody else's is left alone (Known)."""
    path = folder / FILE_NAME
    if folder.exists():
        if any(folder.iterdir()) and Door().names(path) != (CLERK.name, REVIEWER.name):
            raise Known(f"“{folder}”里已有别的文件，演示没有开始。", "请换一个文件夹。")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder
