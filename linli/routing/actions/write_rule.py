"""Write a rule of a draft: a new one at its end, or another wording of one that is there."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.queries import works_in
from linli.areas.models import Area, Unit
from linli.cases.choices import Channel, Kind, Urgency
from linli.cases.models import Category
from linli.kernel.errors import Invalid, Text
from linli.routing.actions.step import begin, finish, rule_in
from linli.routing.matching import Hours
from linli.routing.models import DAYS, HOURS, Rule, RuleSet

# More rules than this nobody reads.
MOST = 200
_LISTS = {"kinds": Kind.values, "urgencies": Urgency.values, "channels": Channel.values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a rule says; an empty list stands for everything. ``place`` is a code, ``unit`` and
    ``handler`` are keys, ``weekdays`` 1 Monday to 7 Sunday."""

    place: str
    unit: UUID
    handler: UUID | None = None
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    hours: str = Hours.ANY
    days: str = ""
    weekdays: tuple[int, ...] = ()
    since: time | None = None
    until: time | None = None
    starts: date | None = None
    ends: date | None = None
    why: str = ""


@transaction.atomic
def write_rule(
    area: str,
    wording: Wording,
    *,
    actor: Actor,
    at: datetime,
    rule_id: UUID | None = None,
    seen: int | None = None,
) -> Rule:
    """Add a rule at the end of the draft, or give ``rule_id`` another wording, and return it."""
    draft = begin(area, actor, seen)
    _check(draft, wording, at)
    if rule_id is None:
        number = draft.rules.count()
        if number >= MOST:
            raise Invalid(_("A set has at most %(most)s rules.") % {"most": MOST})
        rule = Rule(set=draft, position=number + 1)
    else:
        rule = rule_in(draft, rule_id)
    for name in ("kinds", "categories", "urgencies", "channels", "weekdays"):
        setattr(rule, name, sorted(getattr(wording, name)))
    own = wording.hours == Hours.OWN
    rule.place_id, rule.unit_id, rule.handler_id = wording.place, wording.unit, wording.handler
    rule.hours, rule.days = wording.hours, wording.days if own else ""
    rule.weekdays = rule.weekdays if own else []
    rule.since, rule.until = (wording.since, wording.until) if own else (None, None)
    rule.starts, rule.ends, rule.why = wording.starts, wording.ends, wording.why.strip()
    rule.written_at, rule.written_by_id, rule.reported_at = at, actor.user_id, None
    rule.save()
    facts = {"rule": rule.id, "position": rule.position, "to_unit": rule.unit_id}
    finish(draft, "write_rule", actor=actor, at=at, facts=facts)
    return rule


def _check(draft: RuleSet, wording: Wording, at: datetime) -> None:
    wrong: dict[str, Text] = {}
    for name, known in _LISTS.items():
        if not set(getattr(wording, name)) <= set(known):
            wrong[name] = _("Choose one of the list.")
    codes = set(wording.categories)
    if Category.objects.filter(pk__in=codes).count() != len(codes):
        wrong["categories"] = _("Choose one of the list.")
    wrong |= _wrong_place(draft, wording, at) | _wrong_times(wording)
    if len(wording.why.strip()) > 300:
        wrong["why"] = _("At most %(most)s characters.") % {"most": 300}
    if wrong:
        raise Invalid(_("Something is missing or wrong: see below."), wrong)


def _wrong_place(draft: RuleSet, wording: Wording, at: datetime) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    places = Area.objects.filter(pk=wording.place, abolished_on=None)
    if not wording.place.startswith(draft.area_id) or not places.exists():
        wrong["place"] = _("Choose an area within the one these rules are for.")
    unit = Unit.objects.filter(pk=wording.unit, closed_on=None).first()
    if unit is None:
        wrong["unit"] = _("This unit is closed or unknown.")
    elif not unit.area_id.startswith(draft.area_id):
        wrong["unit"] = _("Rules lead to units of their own area and below it only.")
    elif wording.handler and not works_in(wording.handler, unit.id, at):
        wrong["handler"] = _("This person does not work in %(unit)s.") % {"unit": unit.name}
    return wrong


def _wrong_times(wording: Wording) -> dict[str, Text]:
    wrong: dict[str, Text] = {}
    if wording.hours not in dict(HOURS):
        wrong["hours"] = _("Choose one of the list.")
    if wording.days not in dict(DAYS):
        wrong["days"] = _("Choose one of the list.")
    if not set(wording.weekdays) <= set(range(1, 8)):
        wrong["weekdays"] = _("Choose one of the list.")
    if wording.since is not None and wording.since == wording.until:
        wrong["until"] = _("The span of time is empty.")
    says = (wording.days, wording.weekdays, wording.since, wording.until)
    if wording.hours == Hours.OWN and not any(one not in ("", (), None) for one in says):
        wrong["hours"] = _("Say at which times.")
    if wording.starts and wording.ends and wording.ends < wording.starts:
        wrong["ends"] = _("The last day lies before the first.")
    return wrong
