"""A rule as a sentence in the language of the page; the comparison of rules lies in ``matching``."""

from collections.abc import Iterable

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.cases.choices import Channel, Kind, Urgency
from linli.cases.queries.categories import categories
from linli.routing.matching import Hours
from linli.routing.models import DAYS, HOURS, Rule


def sentence(rule: Rule) -> str:
    """Return a rule, read with its place, unit and handler, as one sentence."""
    return f"{condition(rule)} → {target(rule)}"


def condition(rule: Rule) -> str:
    """Return what a case must be: "Water of 北京路街道, urgent, outside office hours"."""
    what = _("%(what)s of %(place)s") % {"what": _matters(rule), "place": rule.place.name}
    clauses = [what[:1].upper() + what[1:]]
    if rule.urgencies:
        clauses.append(_listed(_named(Urgency, rule.urgencies)))
    if rule.channels:
        ways = _listed(_named(Channel, rule.channels))
        clauses.append(_("that came by %(ways)s") % {"ways": ways})
    clauses += [*_times(rule), *_validity(rule)]
    return pgettext("between clauses", ", ").join(clauses)


def target(rule: Rule) -> str:
    """Return to whom a rule leads: the unit, and the person where it names one."""
    return f"{rule.unit.name} · {rule.handler.name}" if rule.handler else rule.unit.name


def _matters(rule: Rule) -> str:
    kinds = _listed(_named(Kind, rule.kinds))
    if not rule.categories:
        return kinds or _("all matters")
    names = {one.code: one.label for one in categories()}
    listed = _listed(names.get(code, code) for code in rule.categories)
    return (
        _("%(categories)s (%(kinds)s)") % {"categories": listed, "kinds": kinds}
        if kinds
        else listed
    )


def _times(rule: Rule) -> list[str]:
    if rule.hours == Hours.ANY:
        return []
    if rule.hours != Hours.OWN:
        return [str(dict(HOURS)[rule.hours])]
    found = [str(dict(DAYS)[rule.days])] if rule.days else []
    if rule.weekdays:
        found.append(_listed(str(WEEKDAYS[number - 1]) for number in rule.weekdays))
    since, until = (time_format(one, "H:i") if one else "" for one in (rule.since, rule.until))
    if since and until:
        found.append(_("from %(since)s to %(until)s") % {"since": since, "until": until})
    elif since:
        found.append(_("from %(since)s on") % {"since": since})
    elif until:
        found.append(_("until %(until)s") % {"until": until})
    return found


def _validity(rule: Rule) -> list[str]:
    first, last = (date_format(one, "Y-m-d") if one else "" for one in (rule.starts, rule.ends))
    if first and last:
        return [_("holds from %(first)s to %(last)s") % {"first": first, "last": last}]
    if first:
        return [_("holds from %(first)s on") % {"first": first}]
    return [_("holds until %(last)s") % {"last": last}] if last else []


def _named(choices: type[Kind] | type[Urgency] | type[Channel], values: Iterable[str]) -> list[str]:
    # In the order of the list people know, not of the alphabet.
    chosen = set(values)
    return [str(one.label) for one in choices if one.value in chosen]


def _listed(words: Iterable[str]) -> str:
    return pgettext("between items", ", ").join(words)
