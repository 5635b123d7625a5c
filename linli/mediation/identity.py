"""Numbers of persons and organisations: do they add up, and is somebody under age by them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from unicodedata import normalize

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

# People come of age with the end of their seventeenth year of life (Civil Code art. 17).
OF_AGE = 18
_CARD = 18


def cleaned(number: str) -> str:
    """Return a number without blanks and dashes, its letters large and its digits narrow."""
    compact: str = uscc.compact(normalize("NFKC", number))
    return compact


def adds_up(number: str, *, is_organisation: bool) -> bool:
    """Say whether a number can be right.

    Of an organisation: a unified social credit code. Of a person: the number of an identity card;
    papers of other kinds (a passport, a permit) begin with a letter and are not checked. What places
    and offices gave a number is not asked: their tables are older than the newest cards, and
    villages' own organisations have codes that begin with a letter.
    """
    number = cleaned(number)
    if not number.isascii() or not number.isalnum():
        return False
    if is_organisation:
        return _code_adds_up(number)
    if number[0].isalpha():
        return len(number) < _CARD
    return birth_of(number) is not None


def birth_of(number: str) -> date | None:
    """Return the day of birth an identity card's number tells, or None where it is none."""
    number = cleaned(number)
    if len(number) != _CARD or not number.isascii() or not number[:-1].isdigit():
        return None
    if ric.calc_check_digit(number) != number[-1]:
        return None
    try:
        born: date = ric.get_birth_date(number)
    except ValidationError:
        return None
    return born


def is_minor(personal: Mapping[str, Any], day: date) -> bool:
    """Say whether somebody is under age on a day, by their number, else by the age that was told."""
    born = birth_of(personal.get("identity_number") or "")
    if born is not None:
        turned = (day.month, day.day) >= (born.month, born.day)
        return day.year - born.year - (not turned) < OF_AGE
    age = personal.get("age")
    return age is not None and age < OF_AGE


def _code_adds_up(code: str) -> bool:
    try:
        return len(code) == _CARD and uscc.calc_check_digit(code[:-1]) == code[-1]
    except ValueError:  # a letter that no code has
        return False
