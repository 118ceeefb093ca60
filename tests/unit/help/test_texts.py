"""The help as data: every chapter is listed, every link and picture is there, every field has its paragraph, the search finds."""

from __future__ import annotations

import ast
import re

import pytest

from db.fields.base import Field
from db.fields.household import GROUP, MAIN_CAUSE
from db.fields.income import WAGES
from db.resources import resource
from desktop.app.jobs import JOBS
from desktop.help import fieldtexts, keys
from desktop.help.searching import find
from desktop.help.texts import CONTENTS, Place, chapters, exists, place_of
from desktop.window.actions import ACTS
from tests.house.source import modules


def test_every_job_has_its_chapter() -> None:
    assert [job.key for job in JOBS if job.key not in chapters()] == []


def test_no_text_is_orphaned_and_none_is_listed_twice() -> None:
    files = {path.stem for path in resource("help").glob("*.md")} - {CONTENTS}
    listed = re.findall(r"\]\((.+?)\.md\)", resource("help", f"{CONTENTS}.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(files)


@pytest.mark.parametrize("key", sorted(chapters()))
def test_links_of_a_chapter_lead_somewhere(key: str) -> None:
    chapter = chapters()[key]
    assert [place.link for place in chapter.links if not exists(place)] == []
    assert len(set(chapter.headings)) == len(chapter.headings)
    assert chapter.text.startswith("# ")
    assert [heading for heading, words in chapter.paragraphs() if heading and not words] == []


def test_a_link_names_chapter_and_heading() -> None:
    assert place_of("notices.md#登记张贴") == Place("notices", "登记张贴")
    assert place_of("notices.md").link == "notices.md"
    assert not exists(Place("notices", "没有这一段"))
    assert not exists(Place("nowhere"))


def test_every_picture_is_one_the_tour_takes() -> None:
    """Names the tour puts together (公示-核查异议- and the finding) count by their fixed part, those of a tab by its title."""
    literal, patterns = _said_in("desktop/")[0], _said_in("desktop/tour/")[1]
    named = {name for chapter in chapters().values() for name in chapter.pictures}
    assert named
    lost = [name for name in sorted(named) if name not in literal and not any(p.fullmatch(name) for p in patterns)]
    assert lost == []


def _said_in(room: str) -> tuple[set[str], list[re.Pattern[str]]]:
    """The strings of a room's code, and what its strings with places to fill can say."""
    literal: set[str] = set()
    patterns = []
    for module in modules("desktop"):
        for node in ast.walk(module.tree) if module.path.startswith(room) else ():
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literal.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values]
                if any(part != ".+" and "-" in part for part in parts):
                    patterns.append(re.compile("".join(parts)))
    return literal, patterns


def test_every_field_of_the_record_has_one_paragraph_made_of_itself() -> None:
    told = {field for subject in fieldtexts.subjects() for field in subject.places}
    declared = {
        value
        for group in fieldtexts.GROUPS
        for value in vars(group.module).values()
        if isinstance(value, Field)
    }  # fmt: skip
    assert declared <= told
    for subject in fieldtexts.subjects():
        assert list(subject.places.values()) == list(chapters()[subject.key].headings)


def test_a_paragraph_says_what_the_field_says() -> None:
    told = fieldtexts.paragraph(MAIN_CAUSE)
    assert MAIN_CAUSE.help in told
    assert "因病" in told
    assert "**必填**：是" in told
    assert f"**依据**：{MAIN_CAUSE.basis}" in told
    assert "户卡" in told
    assert "**必填**：可以先空着" in fieldtexts.paragraph(Field("x", "备注", GROUP.kind))
    assert "元" in fieldtexts.written(WAGES.kind)


def test_the_map_of_keys_holds_what_the_window_declares_and_the_chapter_shows_it() -> None:
    assert keys.groups()[0].rows == tuple((act.keys, act.title) for act in ACTS)
    assert len(chapters()["keys"].headings) == len(keys.groups())


def test_every_key_a_page_makes_its_own_stands_in_the_map() -> None:
    told = " ".join(row[0] for group in keys.groups() for row in group.rows)
    made = {
        name
        for module in modules("desktop")
        if module.path.startswith(("desktop/pages/", "desktop/forms/", "desktop/widgets/"))
        for name in re.findall(r"Key\.Key_(F\d+|PageDown|PageUp|Space|Delete)\b", module.text)
    }
    shown = told.replace("空格", "Space")
    assert [name for name in sorted(made) if name not in shown] == []


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("主要致贫原因", Place("fields-household", "主要致贫原因")),
        ("zyzp", Place("fields-household", "主要致贫原因")),
        ("登记张贴", Place("notices", "登记张贴")),
        ("月结 解锁", Place("closing", "解锁")),
        ("恢复密钥", Place("first", "恢复密钥")),
        ("身份证", Place("fields-household", "身份证号")),
        ("公示几天", Place("days", "一般算法")),
        ("分户", Place("changes", "分户和并户")),
        ("改名", Place("care", "村和小组")),
        ("打印机", Place("trouble", "没有打印机，打不出来")),
        ("密码忘了", Place("login", "忘了密码")),
        ("恢复", Place("backup", "恢复")),
        ("备份", Place("backup")),
        ("七不进", Place("verification", "七不进认定")),
        ("手工", Place("intake", "录入申请")),
        ("补录", Place("days", "登记晚了")),
        ("月结", Place("closing")),
        ("异议", Place("notices", "登记异议")),
        ("导入", Place("roster")),
        ("U盘", Place("trouble", "网络盘、共享文件夹、云盘")),
        ("生僻字", Place("trouble", "名字里的字是方框，或者印出来空着")),
        ("密码忘记了怎么办", Place("login", "忘了密码")),
        ("公示贴几天", Place("days", "一般算法")),
        ("户主死了", Place("changes", "户主去世或离开")),
        ("fh", Place("changes", "分户和并户")),
    ],
)
def test_the_search_puts_what_was_meant_first(asked: str, first: Place) -> None:
    assert find(asked)[0].place == first


def test_the_search_shows_the_words_and_finds_nothing_for_nonsense() -> None:
    found = find("飞碟 没有这样的话")
    assert found == ()
    assert find("   ") == ()
    assert any("回避" in hit.words for hit in find("近亲属"))


def test_other_words_stand_below_a_heading_and_are_not_shown() -> None:
    assert "忘记密码" in chapters()["login"].also["忘了密码"]
    assert "备份" in chapters()["backup"].also[""]
    shown = [key for key, chapter in chapters().items() if "<!--" in chapter.text]
    assert shown == []
    for key, chapter in chapters().items():
        assert set(chapter.also) <= {"", *chapter.headings}, key


def test_every_paragraph_a_part_of_the_window_names_is_there() -> None:
    named = [t for module in modules("desktop") for t in re.findall(r'setProperty\("help", "([^"]+)"\)', module.text)]
    assert len(named) > 3
    assert [topic for topic in named if not exists(place_of(topic))] == []


_LOOSE = {
    "desktop.widgets.lines": {"Line", "LineEditor", "LinesEditor"},
    "desktop.widgets.picks": {"Box", "PickEditor"},
    "desktop.widgets.editors": {"LineEditor", "LinesEditor", "PickEditor", "SegmentEditor", "editor_for"},
    "desktop.widgets.segmented": {"Segmented"},
    "desktop.widgets.secret": {"Captioned", "TextLine", "Secret", "NewSecret"},
    "desktop.widgets.reasonbox": {"ReasonBox", "ReasonPanel"},
    "PySide6.QtWidgets": {"QLineEdit", "QCheckBox", "QComboBox", "QPlainTextEdit", "QRadioButton", "QSpinBox", "QDateEdit"},
}  # fmt: skip
"""Inputs that know no field, by where they come from: what they are for only the part they stand in can say."""

_NAMED_BY_ALL = {"desktop/pages/questions/finding.py"}
"""Parts of several dialogs, each of which names its own paragraph."""


def test_no_part_of_a_page_makes_an_input_without_a_paragraph() -> None:
    """Whether a test opens it or not: a part that makes inputs of its own names their paragraph, or says their fields."""
    lacking = []
    for module in modules("desktop"):
        if module.path in _NAMED_BY_ALL:
            continue
        if module.path.startswith("desktop/pages/") and _makes_inputs(module.tree):
            told = 'setProperty("help"' in module.text or re.search(r"\.field(?:: \S+)? = ", module.text)
            lacking += [] if told else [module.path]
    assert lacking == []


def _makes_inputs(tree: ast.AST) -> bool:
    nodes = list(ast.walk(tree))
    loose = {
        name.name
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if name.name in _LOOSE.get(node.module or "", ())
    }
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in loose for node in nodes
    )
