"""Area codes: digits whose length says the level, whose prefixes are the areas above."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Invalid


class Level(models.TextChoices):
    """Levels of the tree, high to low."""

    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    COUNTY = "county", _("county")
    TOWNSHIP = "township", _("township")
    VILLAGE = "village", _("village")
    GRID = "grid", _("grid")


LENGTHS = {
    2: Level.PROVINCE,
    4: Level.CITY,
    6: Level.COUNTY,
    9: Level.TOWNSHIP,
    12: Level.VILLAGE,
    15: Level.GRID,
}
LENGTH_OF = {level: length for length, level in LENGTHS.items()}
_DIGITS = re.compile(r"[0-9]+", re.ASCII)


def level_of(code: str) -> Level:
    """Return the level of a code; raises :class:`Invalid` where it is none."""
    if not _DIGITS.fullmatch(code) or len(code) not in LENGTHS:
        raise Invalid(_("“%(code)s” is not an area code.") % {"code": code})
    return LENGTHS[len(code)]


def above(code: str) -> list[str]:
    """Return the codes of the areas that contain ``code``, highest first, itself last."""
    return [code[:length] for length in LENGTHS if length <= len(code)]


def parent_of(code: str) -> str | None:
    """Return the code of the area one level up, or None at the top."""
    lengths = [length for length in LENGTHS if length < len(code)]
    return code[: lengths[-1]] if lengths else None


def contains(area: str, code: str) -> bool:
    """Say whether ``area`` is ``code`` or lies above it."""
    return code.startswith(area)
