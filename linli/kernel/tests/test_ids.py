"""Keys from outside: read, or none."""

import pytest

from linli.kernel.ids import new_id, read_id


def test_a_key_is_read_back() -> None:
    key = new_id()
    assert read_id(str(key)) == key


@pytest.mark.parametrize("text", [None, "", "nonsense", "0" * 31, "01a22147-d39e\0"])
def test_what_is_no_key_is_none(text: str | None) -> None:
    assert read_id(text) is None
