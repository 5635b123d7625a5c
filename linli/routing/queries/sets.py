"""Sets and rules as the pages show them, and the rules whose target has gone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from linli.accounts.queries import roles_on
from linli.accounts.scope import in_area
from linli.areas.codes import above
from linli.kernel.working_days import local_date
from linli.routing.models import Rule, RuleSet

ON = Q(switched_on_at__isnull=False, switched_off_at=None)
_RELATED = ("set", "place", "unit", "handler", "written_by")


def set_of(area: str, number: int | None = None) -> RuleSet | None:
    """Return a version of an area's rules, or the one that is on."""
    wanted = Q(number=number) if number is not None else ON
    people = ("made_by", "switched_on_by")
    return RuleSet.objects.filter(wanted, area=area).select_related("area", *people).first()


def draft_of(area: str) -> RuleSet | None:
    """Return the draft of an area's rules."""
    return RuleSet.objects.filter(area=area, switched_on_at=None).select_related("area").first()


def versions_of(area: str) -> list[RuleSet]:
    """Return everything that was ever on in an area, newest first, with the number of its rules."""
    found = RuleSet.objects.filter(area=area, switched_on_at__isnull=False)
    return list(
        found.annotate(size=Count("rules")).select_related("switched_on_by").order_by("-number")
    )


def rules_of(rules: RuleSet | None) -> list[Rule]:
    """Return the rules of a set in order, with everything their sentences name."""
    if rules is None:
        return []
    return list(Rule.objects.filter(set=rules).select_related(*_RELATED).order_by("position"))


def rule_for(rule_id: UUID) -> Rule | None:
    """Return a rule of any version with everything its sentence names."""
    return Rule.objects.select_related(*_RELATED, "set__area").filter(pk=rule_id).first()


@dataclass(frozen=True, slots=True)
class Overview:
    """An area that has rules: what is on, whether a draft waits, how many targets have gone."""

    area: str
    name: str
    number: int | None
    rules: int
    has_draft: bool
    gone: int


def overview(within: Iterable[str], at: datetime) -> list[Overview]:
    """Return the areas that have rules in or above the areas ``within``, by code."""
    where = Q(pk__in=[])
    for code in within:
        where |= in_area(code, "area") | Q(area__in=above(code))
    found = RuleSet.objects.filter(where, ON | Q(switched_on_at=None))
    sets = found.annotate(size=Count("rules")).select_related("area").order_by("area")
    gone = [rule.set.area_id for rule in gone_on(within, at)]
    lines: dict[str, Overview] = {}
    for one in sets:
        known = lines.get(one.area_id)
        on = not one.is_draft
        lines[one.area_id] = Overview(
            one.area_id,
            one.area.name,
            one.number if on else (known.number if known else None),
            one.size if on else (known.rules if known else 0),
            one.is_draft or bool(known and known.has_draft),
            gone.count(one.area_id),
        )
    return list(lines.values())


def _without_target(at: datetime) -> Q:
    works = roles_on(local_date(at)).filter(
        user=OuterRef("handler"), unit=OuterRef("unit"), user__is_active=True
    )
    return Q(unit__closed_on__isnull=False) | (Q(handler__isnull=False) & ~Q(Exists(works)))


def gone_of(rules: RuleSet, at: datetime) -> list[Rule]:
    """Return the rules of a set whose unit was closed, or whose person no longer works there."""
    found = Rule.objects.filter(_without_target(at), set=rules)
    return list(found.select_related(*_RELATED).order_by("position"))


def gone_on(within: Iterable[str], at: datetime) -> Sequence[Rule]:
    """Return such rules of the sets that are on in the areas ``within`` and below them."""
    where = Q(pk__in=[])
    for code in within:
        where |= in_area(code, "set__area")
    return list(_gone(at).filter(where).select_related(*_RELATED, "set__area"))


def gone_unreported(at: datetime) -> QuerySet[Rule]:
    """Return such rules of which nobody has been told yet."""
    return _gone(at).filter(reported_at=None).select_related(*_RELATED)


def _gone(at: datetime) -> QuerySet[Rule]:
    on = Rule.objects.filter(set__switched_on_at__isnull=False, set__switched_off_at=None)
    # A rule that holds no longer sends nothing: its target is of no interest.
    today = local_date(at)
    holds = Q(ends=None) | Q(ends__gte=today)
    return on.filter(_without_target(at), holds).order_by("set__area", "position")
