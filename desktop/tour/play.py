"""The tour from the first start to the county's decision, act by act, and what it leaves behind."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from db.errors import Known
from db.rules.codes import Direction
from db.services.notices import notices
from db.services.sheets.imports import Preview
from db.services.sheets.visit_import import VisitPlan
from db.services.sheets.vote_import import VotePlan
from db.services.town import search
from db.store.clock import CST, FixedClock
from db.store.wrap import STRONG, Cost
from desktop.app.door import FILE_NAME, PRACTICE, Door
from desktop.app.program import Program
from desktop.app.settings import Settings
from desktop.app.start import make_application
from desktop.tour import (
    afterwards,
    asking,
    assemblies,
    byhand,
    checking,
    closing,
    correcting,
    county,
    countyform,
    crosslists,
    drilling,
    filling,
    leftout,
    months,
    numbers,
    objecting,
    oddfiles,
    opening,
    outcome,
    postings,
    printing,
    proving,
    reviews,
    roster,
    three,
    views,
    villagesheets,
    visits,
)
from desktop.tour.cast import CLERK, REVIEWER
from desktop.tour.papers import FOLDER, Papers
from desktop.tour.stage import Stage, StageError, workday_from
from desktop.tour.three import Chosen
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
    corrected: int | None
    """The household whose votes were corrected."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What the later acts need of the earlier ones; ``home`` takes the photos before they go into the record."""

    papers: Papers
    chosen: tuple[Chosen, ...]
    home: Path
    shown: Shown


def play(books: Workbooks, out: Path, home: Path, cost: Cost = STRONG) -> None:
    """Play the whole tour into ``out``; ``home`` takes the settings of the computer it is played on.

    Known for workbooks that cannot be used or a folder that holds somebody else's record; ``cost`` of passwords is only lowered by tests.
    """
    script = read_script(books)
    folder = _empty(out / RECORD)
    shutil.rmtree(out / FOLDER, ignore_errors=True)
    QApplication.instance() or make_application(sys.argv[:1])
    clock = FixedClock(datetime(*script.filled_on.timetuple()[:3], MORNING, tzinfo=CST))
    program = Program(Door(clock, cost, home / "anchors.json", home / PRACTICE), Settings(home / "settings.ini"))
    stage = Stage(program, clock, out)
    usual, sys.excepthook = sys.excepthook, stage.note_bug
    try:
        _play(stage, script, folder, home)
    finally:
        sys.excepthook = usual
        _close(program)
    stage.say(f"完：图片、表册、台账、summary.json、stayed_out.json 都在 {out}")
    stage.say(f"演示用的档案在 {folder / FILE_NAME}（经办人 {CLERK.name}，密码 {CLERK.password}）")


def _play(stage: Stage, script: Script, folder: Path, home: Path) -> None:
    stage.say(f"{script.town}：{len(script.villages)} 个村，名册填报日期 {script.filled_on}")
    opening.start(stage)
    opening.found(stage, script, folder)
    opening.log_in(stage, CLERK)
    papers = Papers(stage)
    shown, inquiry = _applications(stage, script, papers, home)
    file = Inquiry(papers, inquiry, home, shown)
    _notices(stage, script, file)
    _town(stage, script, file)
    _again(stage, script, file)
    _county(stage, script, file)
    _leave_behind(stage, script, shown)
    _afterwards(stage, script, file)
    papers.finish()
    drilling.play(stage)


def _applications(stage: Stage, script: Script, papers: Papers, home: Path) -> tuple[Shown, tuple[Chosen, ...]]:
    """Roster, visits, rulings and assemblies, each after the papers' own days; three households by hand and in full."""
    preview = roster.take_in(stage, script)
    roster.look_at_form(stage)
    oddfiles.play(stage, script, home)
    views.desk(stage, "工作台-名册录入后")
    visits.look_at_form(stage)
    stage.pass_to(workday_from(max(script.visited_on, script.filled_on) + DAY), MORNING)
    chosen = three.choose(stage, script)
    printing.applications(stage, papers, chosen)
    printing.intake(stage, papers, chosen[0].village)
    for one in chosen:
        byhand.visit(stage, one.id, one.visit, "入户核实-手工录入" if one is chosen[0] else "")
        filling.register(stage, one, shown=one is chosen[0])
    taken = visits.take_in(stage, script)
    opening.hand_over(stage, REVIEWER)
    visits.rule_all(stage)
    opening.hand_over(stage, CLERK)
    visits.look_at_incomplete(stage)
    stage.pass_to(workday_from(max(script.held_on, stage.today) + DAY), MORNING)
    printing.before_assembly(stage, papers, chosen[0].village)
    _assemblies(stage, papers, chosen)
    votes = assemblies.take_in(stage, script)
    corrected = correcting.correct_votes(stage, votes)
    return Shown(preview, taken, votes, corrected), chosen


def _assemblies(stage: Stage, papers: Papers, chosen: Sequence[Chosen]) -> None:
    """The minutes of the three households' villages, typed in full."""
    for village in dict.fromkeys(one.village for one in chosen):
        own = [one for one in chosen if one.village == village]
        first = village == chosen[0].village
        byhand.assembly(stage, own[0].assembly(), {one.id: one.votes() for one in own}, "评议会议" if first else "")
        if first:
            printing.held(stage, papers, village)


def _notices(stage: Stage, script: Script, file: Inquiry) -> None:
    """Every village's list on its walls, one of them posted anew; two objections, of which one ends in a correction."""
    papers, chosen = file.papers, file.chosen
    village = chosen[0].village
    postings.make_all(stage, script)
    stage.pass_to(stage.today, AFTERNOON)
    photos = partial(_walls, stage, file.home, village)
    postings.hang_all(stage, script, photos)
    other = next(v.name for v in script.villages if v.name != village and postings.newest(stage, v.name) is not None)
    anew = postings.post_anew(stage, other, photos)
    printing.notice(stage, papers, anew.id, "公示（重新张贴）", other)
    listed = objecting.notice_of(stage, village)
    printing.notice(stage, papers, listed, "公示", village)
    printing.proof(stage, papers, village, listed)
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    objecting.raise_one(stage, chosen[0], objecting.WRONG_GROUP)
    objecting.raise_one(stage, chosen[1], objecting.HAS_CAR)
    views.desk(stage, "工作台-有异议")
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    objecting.investigate(stage, chosen[0], objecting.WRONG_GROUP)
    objecting.investigate(stage, chosen[1], objecting.HAS_CAR)
    objecting.print_answers(stage, papers, village)
    objecting.move_group(stage, chosen[0], _other_group(script, chosen[0]))
    own = postings.make(stage, village, "公示-更正公示")
    if own is None:
        raise StageError(f"{chosen[0].head} is not to be listed anew: {stage.told()}")
    postings.hang(stage, own, photos)
    printing.notice(stage, papers, own.id, "公示（更正）", village)


def _walls(stage: Stage, home: Path, wanted: str, village: str, places: Sequence[str]) -> Mapping[str, Path]:
    """Photos of the walls of one village; the others sent none."""
    return proving.wall_photos(stage, village, places, home) if village == wanted else {}


def _other_group(script: Script, one: Chosen) -> str:
    groups = next(v.groups for v in script.villages if v.name == one.village)
    return next(group for group in groups if group != one.household.group)


def _town(stage: Stage, script: Script, file: Inquiry) -> None:
    """Opinions and rolls when the lists are full, then the town's review, which sends one household back."""
    stage.pass_to(_first_full(stage), MORNING)
    views.desk(stage, "工作台-公示期满前")
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    postings.take_down_all(stage)
    reviews.opine_all(stage, script)
    reviews.print_rolls(stage, script)
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    opening.hand_over(stage, REVIEWER)
    if file.shown.corrected is not None:
        reviews.send_back(stage, _case(stage, file.shown.corrected))
    reviews.review_all(stage, picture="镇审核")
    printing.reviewed(stage, file.papers, file.chosen[0].village)
    opening.hand_over(stage, CLERK)


def _first_full(stage: Stage) -> date:
    """The last day of the lists that were hung first."""
    found = [n.last for n in stage.office.see(notices.views) if n.last is not None and not n.down]
    return min(found, default=stage.today)


def _case(stage: Stage, household_id: int) -> int:
    return stage.office.see(search.lines, [household_id])[household_id].case_id


def _again(stage: Stage, script: Script, file: Inquiry) -> None:
    """What came later: the corrected household, and the one sent back, which is visited, voted on and listed anew."""
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    sent_back = file.shown.corrected
    if sent_back is not None:
        _once_more(stage, file, sent_back)
    stage.pass_to(workday_from(postings.last_day(stage) + DAY), MORNING)
    postings.take_down_all(stage)
    reviews.opine_all(stage, script)
    printing.opinions(stage, file.papers, file.chosen)
    printing.roll(stage, file.papers, file.chosen[0].village)
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    opening.hand_over(stage, REVIEWER)
    reviews.review_all(stage)
    opening.hand_over(stage, CLERK)


def _once_more(stage: Stage, file: Inquiry, household_id: int) -> None:
    """Visit, assembly and notice of the household that was sent back, with the days of now."""
    case_id = _case(stage, household_id)
    visited = next(
        r.verification for r in file.shown.visits.rows if r.case_id == case_id and r.verification is not None
    )
    byhand.visit(stage, household_id, replace(visited, visited_on=stage.today))
    stage.pass_to(workday_from(stage.today + DAY), AFTERNOON)
    vote = next(r for r in file.shown.votes.rows if r.case_id == case_id)
    held = replace(correcting.assembly_of(file.shown.votes.meetings[vote.sheet]), held_on=stage.today)
    counted = (vote.vote.yes or 0, vote.vote.no or 0, vote.vote.abstained or 0)
    byhand.assembly(stage, held, {household_id: counted})
    listed = postings.make(stage, vote.village)
    if listed is None:
        raise StageError(f"the household sent back is not to be listed: {stage.told()}")
    postings.hang(stage, listed, _no_photos)


def _no_photos(_: str, __: Sequence[str]) -> Mapping[str, Path]:
    return {}


def _county(stage: Stage, script: Script, file: Inquiry) -> None:
    """Announcement, second check, decision and cards; the numbers of what came in and went out are registered."""
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    numbers.register(
        stage, Direction.OUT, "", f"关于报送{script.town}相对贫困户公告张贴情况的函", f"{script.county}扶贫办"
    )
    last = county.announce(stage, script, file.papers)
    stage.pass_to(workday_from(last + DAY), MORNING)
    county.recheck(stage, script)
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    county.decide(stage, script)
    county.make_cards(stage, script)
    numbers.print_registers(stage, file.papers, script.town)


def _afterwards(stage: Stage, script: Script, file: Inquiry) -> None:
    """Evidence, every paper of the three households and their village, then what happens to people, and the checks."""
    papers, chosen = file.papers, file.chosen
    village = chosen[0].village
    proving.hang(stage, chosen, file.home)
    proving.list_missing(stage, papers, village)
    printing.county(stage, papers, village, script.town)
    printing.of_households(stage, papers, chosen)
    printing.village_files(stage, papers)
    checking.why(stage, chosen[0])
    before = stage.today
    stage.pass_to(workday_from(stage.today + DAY), MORNING)
    afterwards.born(stage, chosen[0], afterwards.Birth(stage.today - afterwards.WEEK, afterwards.CERTIFICATE))
    splitting = afterwards.parting(stage, chosen[0].id)
    afterwards.split(stage, papers, splitting)
    afterwards.past(stage, splitting, before)
    afterwards.look_back(stage, papers, chosen)
    opening.hand_over(stage, REVIEWER)
    checking.rekey(stage, papers, script.town)
    opening.hand_over(stage, CLERK)
    checking.health(stage, papers, village)
    checking.roster(stage, papers, script)
    _sheets(stage, script, file)


def _sheets(stage: Stage, script: Script, file: Inquiry) -> None:
    """What is asked from outside: numbers, another department's list, the county's forms; then the months are closed."""
    asking.play(stage)
    crosslists.play(stage, file.papers, script, file.home)
    countyform.play(stage, file.home)
    months.play(stage, file.papers, file.chosen[1])
    countyform.again(stage, file.home, stage.today - DAY)
    villagesheets.play(stage, file.chosen[0].village, file.home)


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
