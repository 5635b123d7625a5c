"""Set a deadline rule from a day to come. What holds today, or held before, is never changed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.areas.codes import Level
from linli.areas.queries import area as find_area
from linli.audit.record import record
from linli.cases.choices import Difficulty, Kind, Urgency
from linli.cases.deadlines import forget_policy
from linli.cases.models import DeadlineRule
from linli.cases.policy import may_set_policies
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.kernel.working_days import local_date

# The two follow-ups of a mediation agreement, both counted from its effect.
AFTER_EFFECT = ("agreement_1", "agreement_2")
# What can be timed, and by which choice.
KEYS: dict[str, tuple[str, ...]] = {
    "accept": tuple(Urgency.values),
    "level": (Level.GRID, Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.CITY),
    "difficulty": tuple(Difficulty.values),
    "return": tuple(Difficulty.values),
    "supervise": ("default",),
    "follow_up": (*Kind.values, *AFTER_EFFECT),
    "mediation": ("default", "medical", "labour"),
}
UNITS = ("working_days", "calendar_days", "minutes")
LONGEST = 1000


@transaction.atomic
def set_deadline_rule(
    *,
    area: str,
    clock: str,
    key: str,
    amount: int,
    unit: str,
    effective_from: date,
    actor: Actor,
    at: datetime,
) -> DeadlineRule:
    """Add a rule that holds from ``effective_from`` on, or change one of that same day to come.

    ``area`` is a code, empty for the whole city. Clocks that run keep the rule of their start.
    """
    permit_policies(actor)
    _check(area, clock, key, amount, unit)
    if effective_from <= local_date(at):
        raise Invalid(
            _("A rule can't be changed for days that have begun."),
            {"effective_from": _("Choose a day from tomorrow on.")},
        )
    rule, _new = DeadlineRule.objects.update_or_create(
        area=area, clock=clock, key=key, effective_from=effective_from,
        defaults={"amount": amount, "unit": unit},
    )  # fmt: skip
    _record("case.set_deadline_rule", rule, actor, at)
    return rule


@transaction.atomic
def drop_deadline_rule(rule_id: int, *, actor: Actor, at: datetime) -> None:
    """Take back a rule that has not come into force yet."""
    permit_policies(actor)
    rule = DeadlineRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound(_("There is no such rule."))
    if rule.effective_from <= local_date(at):
        raise Invalid(_("This rule is in force; set another one from a later day."))
    _record("case.drop_deadline_rule", rule, actor, at)
    rule.delete()


def permit_policies(actor: Actor) -> None:
    """Raise :class:`NotPermitted` for anybody but the city's administrator."""
    if not may_set_policies(actor):
        raise NotPermitted(_("Only the city's administrator changes the rules."))


def _check(area: str, clock: str, key: str, amount: int, unit: str) -> None:
    if area:
        find_area(area)
    wrong = {}
    if clock not in KEYS:
        wrong["clock"] = _("Choose what is timed.")
    elif key not in KEYS[clock]:
        wrong["key"] = _("Choose one of the list.")
    if not 1 <= amount <= LONGEST:
        wrong["amount"] = _("A number from 1 to %(most)s.") % {"most": LONGEST}
    if unit not in UNITS:
        wrong["unit"] = _("Choose one of the list.")
    if wrong:
        raise Invalid(_("Something is missing or wrong: see below."), wrong)


def _record(event: str, rule: DeadlineRule, actor: Actor, at: datetime) -> None:
    facts: dict[str, Any] = {
        "area": rule.area,
        "clock": rule.clock,
        "key": rule.key,
        "amount": rule.amount,
        "unit": rule.unit,
        "effective_from": rule.effective_from,
    }
    record("deadline_rule", str(rule.pk), event, actor=actor.user_id, at=at, facts=facts)
    transaction.on_commit(forget_policy)
