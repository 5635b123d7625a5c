"""Codes: their length says the level, their prefixes are the areas above."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts.scope import AFTER_DIGITS
from linli.areas.codes import LENGTHS, above, contains, level_of, parent_of
from linli.areas.tables import wrong_with
from linli.kernel.errors import Invalid

CODES = st.sampled_from(sorted(LENGTHS)).flatmap(
    lambda length: st.text("0123456789", min_size=length, max_size=length)
)


@given(CODES)
def test_the_areas_above_are_a_ladder_of_prefixes(code: str) -> None:
    ladder = above(code)
    assert ladder[-1] == code
    for upper, lower in pairwise(ladder):
        assert parent_of(lower) == upper
        assert contains(upper, lower)
        assert not contains(lower, upper)
        assert level_of(upper) != level_of(lower)
    assert parent_of(ladder[0]) is None
    assert not wrong_with(code, "某地", "", {"parent_code": parent_of(code) or ""})


@given(CODES, CODES)
def test_containing_is_one_range_of_the_sorted_codes(area: str, code: str) -> None:
    assert contains(area, code) == (area <= code < area + AFTER_DIGITS)


@given(st.text(max_size=20))
def test_anything_else_is_no_code(text: str) -> None:
    if text.isascii() and text.isdigit() and len(text) in LENGTHS:
        return
    with pytest.raises(Invalid):
        level_of(text)
    assert wrong_with(text, "某地", "", {})
