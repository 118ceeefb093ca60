"""The PDF holds the words of the paper, page by page, and is written whole or not at all."""

import errno
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import Known
from db.papers import card, notice, roll
from db.papers.model import Paper
from desktop.printing.pdf import file_name, save_pdf
from tests.unit.papers import examples

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def text_of(path: Path) -> list[str]:
    """The text of each page without blanks."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return [re.sub(r"[\s　]+", "", page) for page in done.stdout.decode().split("\f")[:-1]]


@needs_poppler
def test_notice_says_on_paper_what_it_says_as_data(tmp_path: Path, qapp: object) -> None:
    paper = notice.build(examples.notice(47))
    pages = save_pdf(paper, tmp_path / "公示-华南村.pdf")
    found = text_of(tmp_path / "公示-华南村.pdf")
    assert len(found) == pages == 3
    assert all("序号村民小组户主姓名家庭人口贫困户属性" in page for page in found)
    assert "关于华南村2016年度相对贫困户（拟）名单的公示" in found[0]
    assert "共7天" in found[0]
    assert "—3—" in found[2]
    assert "华南村村民委员会（盖章）" in found[2]
    for n, row in enumerate(examples.notice(47).rows, start=1):
        assert f"{n}{row.group}{row.head_name}{row.size}{row.attribute}" in "".join(found)


@needs_poppler
def test_no_notice_prints_a_number_as_long_as_an_id(tmp_path: Path, qapp: object) -> None:
    save_pdf(notice.build(examples.notice(300, show_cause=True)), tmp_path / "a.pdf")
    raw = subprocess.run(["pdftotext", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True).stdout.decode()
    assert "一般贫困户" in raw
    assert re.search(r"\d{15}", raw) is None
    assert "因病" not in raw


@needs_poppler
@pytest.mark.parametrize("paper", [roll.build(examples.roll()), card.build(examples.card())], ids=["roll", "card"])
def test_every_word_of_a_form_is_in_its_pdf(paper: Paper, tmp_path: Path, qapp: object) -> None:
    save_pdf(paper, tmp_path / "a.pdf")
    found = "".join(sorted("".join(text_of(tmp_path / "a.pdf"))))
    for sign in set(re.sub(r"[\s　]+", "", paper.text())):
        assert found.count(sign) >= re.sub(r"[\s　]+", "", paper.text()).count(sign)


@needs_poppler
def test_pdf_is_a4_and_names_nobody(tmp_path: Path, qapp: object) -> None:
    save_pdf(roll.build(examples.roll(3)), tmp_path / "a.pdf")
    done = subprocess.run(["pdfinfo", str(tmp_path / "a.pdf")], capture_output=True, check=True)
    facts = dict(re.findall(r"^(.+?):[ ]*(.*)$", done.stdout.decode(), re.MULTILINE))
    width, height = re.findall(r"[\d.]+", facts["Page size"])[:2]
    assert float(width) == pytest.approx(841.9, abs=1)
    assert float(height) == pytest.approx(595.3, abs=1)
    assert facts.get("Author", "") == ""
    assert facts["Title"] == "太平镇华南村相对贫困户汇总名册（2016年）"


@needs_poppler
def test_a_watermark_lies_on_every_page(tmp_path: Path, qapp: object) -> None:
    save_pdf(replace(notice.build(examples.notice(47)), watermark="样张"), tmp_path / "a.pdf")
    raw = subprocess.run(["pdftotext", "-raw", str(tmp_path / "a.pdf"), "-"], capture_output=True, check=True).stdout
    assert [set("样张") <= set(page) for page in raw.decode().split("\f")[:-1]] == [True] * 3


@needs_poppler
def test_words_can_be_searched_in_the_pdf(tmp_path: Path, qapp: object) -> None:
    """Open fonts draw 户 and a radical with one glyph; the text must hold the character, and digits beside signs too."""
    save_pdf(roll.build(examples.roll(3)), tmp_path / "a.pdf")
    found = "".join(text_of(tmp_path / "a.pdf"))
    assert not [sign for sign in found if "\u2e80" <= sign <= "\u2fdf"]
    for word in ("户主姓名", "人口", "劳动力", "*001X", "第1页共1页"):
        assert word in found


def test_a_folder_that_is_gone_is_said_and_leaves_nothing(tmp_path: Path, qapp: object) -> None:
    with pytest.raises(Known):
        save_pdf(card.build(examples.card()), tmp_path / "没有" / "a.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_keeps_the_old_file(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr("db.store.files._fill", full)
    with pytest.raises(Known, match="磁盘已满"):
        save_pdf(card.build(examples.card()), target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_file_names_hold_nothing_windows_forbids() -> None:
    paper = card.build(examples.card())
    assert file_name(paper) == "户卡-华南-2016-0037-廖某明.pdf"
    assert file_name(Paper("", (), 'a/b:c*"d" e')) == "a_b_c_d_e.pdf"
