"""The package for the maintainers, as far as it needs no window: what is taken out, what stays small, what the zip holds."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from db.errors import Known
from desktop.about import support
from desktop.about.licences import LGPL, licences
from desktop.about.scrub import Scrub
from desktop.about.support import Gathered
from tests.helpers.record import START

HOMES = "/".join(("", "home"))
NOBODY = Gathered([("屏幕 1", "1366 × 768")], [("打印机", "0 台")], [("记得列宽的表格", "2 张")], None)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{HOMES}/陈村支书/户有卡/x.log", "~/户有卡/x.log"),
        ("C:\\Users\\陈村支书\\AppData", "~\\AppData"),
        ("身份证 441401198001011237 电话 13800138123", "身份证 〈数字〉 电话 〈数字〉"),
        ("44140119800101123X", "〈数字〉"),
        ("卡6222021234567890123。", "卡〈数字〉。"),
        ("household：20000 行，21.4 MB", "household：20000 行，21.4 MB"),
        ("金丝雀 的电脑 DESKTOP-KK", "〈略〉 的电脑 DESKTOP-KK"),
        ("Canary canary's scanary", "〈略〉 〈略〉's scanary"),
    ],
)
def test_what_names_somebody_is_taken_out_and_figures_stay(text: str, left: str) -> None:
    assert Scrub(("金丝雀", "canary", "a", ""), Path("/root")).clean(text) == left


def test_the_home_folder_becomes_a_sign_however_it_is_written() -> None:
    scrub = Scrub((), Path("/srv/陈村/kk"))
    assert scrub.clean("在 /srv/陈村/kk/log 里") == "在 ~/log 里"


def test_a_package_without_a_record_says_so_and_long_logs_keep_their_end(tmp_path: Path) -> None:
    lines = "".join(f"2026 line {n} KeyError\n" for n in range(30_000))
    (tmp_path / "crash.log").write_text(lines, "utf-8")
    found = {part.name: part for part in support.parts(NOBODY, tmp_path, Scrub(), START)}
    assert "没有登录" in found["档案.txt"].text
    assert found["操作记录.log"].text == "（还没有）\n"
    crash = found["差错报告.log"].text
    assert crash.endswith("line 29999 KeyError\n")
    assert len(crash) < 310_000
    assert crash.startswith("2026 line")
    target = tmp_path / support.proposed(START)
    support.write(target, tuple(found.values()), START)
    with zipfile.ZipFile(target) as package:
        assert package.namelist() == list(found)
        assert {name: package.read(name).decode() for name in package.namelist()} == {
            n: p.text for n, p in found.items()
        }
    assert target.name == "户有卡日志-20160525-0830.zip"


def test_a_package_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Known, match="不存在"):
        support.write(tmp_path / "没有" / "a.zip", (), START)


def test_from_source_the_licences_are_those_of_a_clerks_installation() -> None:
    found = {one.name.lower(): one for one in licences()}
    assert {"户有卡", "sqlalchemy", "cryptography", "python", "lgpl-3.0 全文"} <= found.keys()
    assert not {"pytest", "ruff", "pyinstaller"} & found.keys()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in found["lgpl-3.0 全文"].text
    assert found["pyside6_essentials"].licence.startswith("LGPL")
    assert "源代码" in LGPL
