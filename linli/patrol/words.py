"""Words for what the solver says: rules, and why a team can't."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

_RULES = {
    "rest": gettext_lazy("too little rest between two shifts"),
    "nights": gettext_lazy("too many nights in a row"),
    "free": gettext_lazy("no free day in seven"),
    "hours": gettext_lazy("too many hours in a week"),
    "twice": gettext_lazy("two shifts on one day"),
}
_KEPT = {
    "leave": pgettext_lazy("teams", "%(count)d on leave"),
    "busy": pgettext_lazy("teams", "%(count)d on another shift"),
    "rest": pgettext_lazy("teams", "%(count)d resting"),
    "nights": pgettext_lazy("teams", "%(count)d with their nights done"),
    "free": pgettext_lazy("teams", "%(count)d on their free day"),
    "hours": pgettext_lazy("teams", "%(count)d with their hours done"),
    "weekly": pgettext_lazy("teams", "%(count)d with their shifts of the week done"),
    "unskilled": pgettext_lazy("teams", "%(count)d without the skill"),
}


def rule_word(rule: str) -> str:
    """Return a broken rule in words."""
    return str(_RULES.get(rule, rule))


def reason_of(
    need: Mapping[str, Any], patterns: Mapping[str, str], skills: Mapping[str, str]
) -> str:
    """Return an open need and its reason as a sentence, without the day."""
    what = patterns.get(need["pattern"], need["pattern"])
    kept = _(", ").join(str(_KEPT[word]) % {"count": count} for word, count in need["kept"])
    values = {"shift": what, "missing": need["missing"], "why": kept or _("there are no others")}
    if need["skill"]:
        skill = skills.get(need["skill"], need["skill"])
        said = _("%(shift)s: nobody with “%(skill)s” is left (%(why)s)")
        return said % {**values, "skill": skill}
    said = ngettext(
        "%(shift)s: %(missing)d team is missing (%(why)s)",
        "%(shift)s: %(missing)d teams are missing (%(why)s)",
        need["missing"],
    )
    return said % values
