"""What the desktop says of its input method leads to the way Qt knows; what is not said or already right is left alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from desktop.app.inputmethod import reached, wanted

PORTAL = {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1"}
BY_DAEMON = {"QT_IM_MODULE": "ibus"}


def without_ibus(name: str) -> None:
    return None


def with_ibus(name: str) -> str:
    return f"/usr/bin/{name}"


@pytest.mark.parametrize(
    "said",
    [
        {"QT_IM_MODULE": "fcitx"},
        {"QT_IM_MODULE": "fcitx5"},
        {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx", "GTK_IM_MODULE": "fcitx"},
        {"XMODIFIERS": "@im=fcitx"},
        {"GTK_IM_MODULE": "fcitx"},
        {"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"},
    ],
)
def test_fcitx_is_reached_through_the_portal_whether_ibus_is_there_or_not(said: Mapping[str, str]) -> None:
    assert wanted(said, without_ibus) == wanted(said, with_ibus) == PORTAL


@pytest.mark.parametrize("said", [{"QT_IM_MODULE": "ibus"}, {"XMODIFIERS": "@im=ibus"}, {"GTK_IM_MODULE": "ibus"}])
def test_ibus_is_asked_itself_where_its_daemon_is_installed(said: Mapping[str, str]) -> None:
    assert wanted(said, with_ibus) == BY_DAEMON
    assert wanted(said, without_ibus) == PORTAL


def test_ibus_chosen_for_qt_goes_before_fcitx_chosen_for_others() -> None:
    assert wanted({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, with_ibus) == BY_DAEMON


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"LANG": "zh_CN.UTF-8"},
        {"QT_IM_MODULE": "compose", "XMODIFIERS": "@im=fcitx"},
        {"QT_IM_MODULES": "wayland;fcitx"},
    ],
)
def test_what_is_not_said_or_said_otherwise_is_left_alone(said: Mapping[str, str]) -> None:
    assert wanted(said, with_ibus) == {}


def test_the_environment_is_changed_only_while_the_application_is_made() -> None:
    environ = {"QT_IM_MODULE": "fcitx", "LANG": "zh_CN.UTF-8"}
    with reached(environ, "linux"):
        assert environ == {"LANG": "zh_CN.UTF-8", **PORTAL}
    assert environ == {"QT_IM_MODULE": "fcitx", "LANG": "zh_CN.UTF-8"}


def test_elsewhere_nothing_is_touched() -> None:
    environ = {"QT_IM_MODULE": "fcitx"}
    with reached(environ, "win32"):
        assert environ == {"QT_IM_MODULE": "fcitx"}
