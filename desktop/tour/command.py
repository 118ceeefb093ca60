"""The command line of the tour: which folder, and either the demo town or a town with its three workbooks.

Exit codes: 0 played to the end, 1 refused with a Chinese sentence, 2 usage.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from db.errors import Known
from desktop.tour.workbooks import Workbooks, demo

FILES = ("roster", "visits", "appraisals")


def main(arguments: Sequence[str]) -> int:
    """Play the tour as the command line says."""
    parser = _parser()
    given = parser.parse_args(arguments)
    named = [given.town, *(getattr(given, key) for key in FILES)]
    if any(named) and not all(named):
        parser.error("--town、--roster、--visits、--appraisals 要么都给，要么都不给")
    if given.town and (len(given.town.split("/")) != 4 or not all(given.town.split("/"))):
        parser.error("--town 应写成 省/市/县/镇，例如 广东省/梅州市/五华县/华阳镇")
    _need_no_screen()
    from PySide6.QtCore import qInstallMessageHandler

    qInstallMessageHandler(_only_ours)
    from desktop.tour.play import play

    with TemporaryDirectory(prefix="huyouka-tour-") as home:
        os.environ["HUYOUKA_HOME"] = home
        try:
            play(Workbooks(*named) if given.town else demo(), given.out.absolute(), Path(home))
        except Known as known:
            sys.stderr.write(f"{known.text}{known.remedy}\n")
            return 1
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m desktop.tour", description="户有卡：演示全过程")
    parser.add_argument("out", type=Path, help="放图片、表册和台账的文件夹")
    parser.add_argument("--town", default="", help="省/市/县/镇；不写则用自带的示例镇")
    for key, words in zip(FILES, ("申报名册", "入户核实结果", "民主评议结果"), strict=True):
        parser.add_argument(f"--{key}", type=Path, help=f"{words}（.xlsx）")
    return parser


def _need_no_screen() -> None:
    """Without a screen the windows are drawn into memory."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _only_ours(kind: object, context: object, text: str) -> None:
    """The platform without a screen complains that it is none; everything else is passed on."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")
