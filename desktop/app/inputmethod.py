"""Which way Chinese is typed on Linux, settled before Qt is asked: the Qt that goes with the program knows ibus and no fcitx.

fcitx 5 answers in ibus' place on the session bus (``org.freedesktop.portal.IBus``), and so does ibus itself. There Qt finds it only
when told to look there: else it wants ibus' own daemon installed. Standard library only.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager

_SAID = ("QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE", "CLUTTER_IM_MODULE")
"""Where desktops say which input method runs; 统信UOS and 银河麒麟 set the first three to fcitx."""
_FCITX, _IBUS = frozenset({"fcitx", "fcitx5"}), "ibus"


def wanted(environ: Mapping[str, str], find: Callable[[str], str | None] = shutil.which) -> dict[str, str]:
    """The variables to set so that Qt reaches the input method ``environ`` names; none when it does already or nothing is named.

    A way the clerk's Qt was told to go (``QT_IM_MODULES``, or a module that is neither fcitx nor ibus) is left alone.
    """
    said = [environ.get(name, "").removeprefix("@im=").lower() for name in _SAID]
    if environ.get("QT_IM_MODULES") or said[0] not in {"", "xim", _IBUS, *_FCITX}:
        return {}
    if said[0] in _FCITX or (said[0] != _IBUS and _FCITX.intersection(said)):
        return {"QT_IM_MODULE": _IBUS, "IBUS_USE_PORTAL": "1"}
    if _IBUS in said:
        return {"QT_IM_MODULE": _IBUS} | ({} if find("ibus-daemon") else {"IBUS_USE_PORTAL": "1"})
    return {}


@contextmanager
def reached(environ: MutableMapping[str, str] = os.environ, platform: str = sys.platform) -> Iterator[None]:
    """While the application is made, the environment is as ``wanted``; afterwards as it was, for programs opened from here.

    Elsewhere than on Linux the system brings its own way.
    """
    change = wanted(environ) if platform.startswith("linux") else {}
    before = {name: environ.get(name) for name in change}
    environ.update(change)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del environ[name]
            else:
                environ[name] = value
