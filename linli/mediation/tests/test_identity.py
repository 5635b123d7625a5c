"""Numbers that add up, and coming of age by them."""

from datetime import date

import pytest

from linli.mediation.identity import adds_up, birth_of, is_minor

CHILD = "620302201503010012"  # born on the first of March 2015


@pytest.mark.parametrize(
    ("number", "is_organisation", "right"),
    [
        ("620302189001010013", False, True),
        ("６２０３０２１８９００１０１００１３", False, True),
        ("620302189001010014", False, False),
        ("620302189013010013", False, False),
        ("62030218900101", False, False),
        # Other papers begin with a letter and are taken as they are.
        ("E12345678", False, True),
        ("张三", False, False),
        ("91110000600037341L", True, True),
        ("91 1100 0060 0037 341l", True, True),
        ("911100006000373410", True, False),
        # A village's own organisation: the code begins with a letter.
        ("N2620302MF0000001G", True, True),
        ("I2620302MF0000001G", True, False),
        ("620302189001010013", True, False),
    ],
)
def test_adds_up(number: str, is_organisation: bool, right: bool) -> None:
    assert adds_up(number, is_organisation=is_organisation) is right


def test_of_age_on_the_eighteenth_birthday() -> None:
    assert birth_of(CHILD) == date(2015, 3, 1)
    told = {"identity_number": CHILD, "age": 40}
    assert is_minor(told, date(2033, 2, 28))
    assert not is_minor(told, date(2033, 3, 1))
    assert is_minor({"age": 17}, date(2026, 3, 10))
    assert not is_minor({"age": 18}, date(2026, 3, 10))
    # Nothing is known: nobody is held to be a minor.
    assert not is_minor({"identity_number": "E12345678"}, date(2026, 3, 10))
