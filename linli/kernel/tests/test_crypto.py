"""Personal data: sealed, found again, rotated, masked."""

import secrets
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import crypto


@pytest.fixture(autouse=True)
def _fresh_keys(settings: Any) -> object:
    crypto.forget_keys()
    yield
    crypto.forget_keys()


@given(value=st.dictionaries(st.text(max_size=8), st.text(max_size=40), max_size=4))
def test_what_is_sealed_opens_again_and_shows_nothing(value: dict[str, str]) -> None:
    sealed = crypto.seal(value, b"row")
    assert crypto.unseal(sealed, b"row") == value
    for text in value.values():
        assert len(text) < 4 or text.encode() not in sealed


def test_a_value_moved_to_another_row_does_not_open() -> None:
    sealed = crypto.seal({"name": "张无名"}, b"row one")
    with pytest.raises(InvalidTag):
        crypto.unseal(sealed, b"row two")


def test_a_rotated_key_still_opens_old_values(settings: Any) -> None:
    sealed = crypto.seal("旧", b"")
    index = crypto.blind_index("phone", "100-0000-1234")
    settings.PERSONAL_KEYS = [secrets.token_hex(32), *settings.PERSONAL_KEYS]
    settings.BLIND_INDEX_KEYS = [secrets.token_hex(32), *settings.BLIND_INDEX_KEYS]
    crypto.forget_keys()
    assert crypto.unseal(sealed, b"") == "旧"
    assert not crypto.sealed_with_newest(sealed)
    assert crypto.sealed_with_newest(crypto.seal("新", b""))
    assert index in crypto.blind_indexes("phone", "100-0000-1234")


def test_a_number_is_found_however_it_was_typed() -> None:
    typed = ["100-0000-1234", "１００００００１２３４", " 100 0000 1234 "]
    assert len({crypto.blind_index("phone", text) for text in typed}) == 1
    assert crypto.blind_index("name", "1234") != crypto.blind_index("phone", "1234")


@pytest.mark.parametrize(
    ("text", "head", "tail", "masked"),
    [
        ("张三丰", 1, 0, "张**"),
        ("李", 1, 0, "李*"),
        ("10000001234", 3, 4, "100****1234"),
        ("", 1, 0, "*"),
    ],
)
def test_masks(text: str, head: int, tail: int, masked: str) -> None:
    assert crypto.mask(text, head, tail) == masked
