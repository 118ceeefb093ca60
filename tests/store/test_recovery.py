"""The recovery code: printed, typed back in any tidy or untidy way, and never mistaken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.store.recovery import ALPHABET, new_code, printed, understood

SECRETS = st.binary(min_size=16, max_size=16)


def test_a_code_holds_128_bits_in_readable_groups() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(re.fullmatch(r"(?:[0-9A-Z*~$=]{5}-){5}[0-9A-Z*~$=]{2}", code) for code in codes)


@given(SECRETS)
def test_a_code_typed_untidily_is_understood(secret: bytes) -> None:
    code = printed(secret)
    assert understood(code) == secret
    assert understood(code.lower().replace("-", " ")) == secret
    assert understood("　" + code.replace("-", "—") + "\n") == secret
    body, check = code[:-1], code[-1]
    assert understood(body.replace("0", "o").replace("1", "l") + check) == secret
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in code)
    assert understood(wide) == secret


@given(SECRETS, st.integers(0, 25), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_always_noticed(secret: bytes, place: int, sign: str) -> None:
    signs = list(printed(secret).replace("-", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    with pytest.raises(Refused):
        understood("".join(signs))


@given(SECRETS, st.integers(0, 24))
def test_two_neighbours_exchanged_are_always_noticed(secret: bytes, place: int) -> None:
    signs = list(printed(secret).replace("-", ""))
    if signs[place] == signs[place + 1]:
        return
    signs[place], signs[place + 1] = signs[place + 1], signs[place]
    with pytest.raises(Refused):
        understood("".join(signs))


@pytest.mark.parametrize("typed", ["", "ABC", "恢复码", printed(bytes(16))[:-1], printed(bytes(16)) + "0"])
def test_a_wrong_length_is_said(typed: str) -> None:
    with pytest.raises(Refused, match="恢复码应有27位"):
        understood(typed)


def test_a_sign_outside_the_alphabet_is_refused() -> None:
    with pytest.raises(Refused, match="核对"):
        understood("U" + printed(bytes(16)).replace("-", "")[1:])
