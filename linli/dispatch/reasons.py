"""The words for why a unit is proposed, or why not."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.dispatch.choices import Status
from linli.kernel.errors import Text

MINUTE = 60
_ELSEWHERE = pgettext_lazy("unit", "out to another incident")
# Code → its sentence, which may hold ``%(value)s``.
SENTENCES: Mapping[str, Text] = {
    "on_shift": _("on shift"),
    "liaison": _("asked by telephone"),
    "has": _("has: %(value)s"),
    "lacks": _("lacks: %(value)s"),
    "road": _("%(value)s min by road"),
    "turns": _("%(value)s min by road, with turns"),
    "line": _("about %(value)s min in a straight line, without a map"),
    "from_post": _("counted from its post"),
    "from_phone": _("its phone told %(value)s s ago where it is"),
    "place_unknown": _("its place is not known"),
    "no_way": _("no way there by road"),
    "declined": _("has declined this incident"),
    "by_hand": _("chosen by the dispatcher"),
    Status.OFF_DUTY: Status.OFF_DUTY.label,
    Status.ASSIGNED: _ELSEWHERE,
    Status.EN_ROUTE: _ELSEWHERE,
    Status.AT_SCENE: _ELSEWHERE,
    Status.OUT_OF_SERVICE: _("out of service: %(value)s"),
}


def minutes(seconds: float) -> int:
    """Return whole minutes, at least one: nobody is there in none."""
    return max(1, round(seconds / MINUTE))


def in_words(reasons: Iterable[Sequence[str | int]], names: Mapping[str, str]) -> list[str]:
    """Return each reason as words; ``names`` are the names of skills and equipment by code."""
    return [_word(str(code), value, names) for code, value in reasons]


def _word(code: str, value: str | int, names: Mapping[str, str]) -> str:
    if code in {"has", "lacks"}:
        value = names.get(str(value), value)
    elif code in {"turns", "road", "line"}:
        value = minutes(int(value))
    elif code == Status.OUT_OF_SERVICE and not value:
        return str(Status.OUT_OF_SERVICE.label)
    return str(SENTENCES.get(code, code)) % {"value": value}
