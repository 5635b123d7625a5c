"""Set: how many teams each shift needs, how often streets are to be seen, and the rules of rest."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotPermitted
from linli.patrol.actions.step import locked_area
from linli.patrol.models import RosterRules, ShiftNeed, ShiftPattern, Skill, StreetPromise
from linli.patrol.policy import keeps_rules, leads_area, permit

MOST_TEAMS, MOST_A_WEEK = 50, 42
# Rule → least and most that make sense; the law's least rest can't be undercut here.
RULES = {"rest_hours": (8, 24), "nights": (1, 7), "free_days": (1, 3), "week_hours": (8, 44)}


@transaction.atomic
def set_need(
    area_id: UUID, *, pattern: str, teams: int, weekday: int | None = None,
    skills: Mapping[str, int] | None = None, actor: Actor, at: datetime,
) -> ShiftNeed | None:  # fmt: skip
    """Say how many teams a kind of shift wants; a weekday without a number follows the others."""
    area = locked_area(area_id, actor)
    permit(leads_area(actor, area))
    asked = {code: count for code, count in (skills or {}).items() if count}
    wrong: dict[str, str] = {}
    if not ShiftPattern.objects.filter(pk=pattern, retired=False).exists():
        wrong["pattern"] = _("There is no such kind of shift.")
    if not 0 <= teams <= MOST_TEAMS:
        wrong["teams"] = _("A number from 0 to %(most)d.") % {"most": MOST_TEAMS}
    if weekday is not None and not 0 <= weekday <= 6:
        wrong["weekday"] = _("Choose from the list.")
    if set(asked) - set(Skill.objects.values_list("code", flat=True)) or any(
        not 0 <= count <= max(teams, 0) for count in asked.values()
    ):
        wrong["skills"] = _("No more teams with a skill than teams.")
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    need, _fresh = ShiftNeed.objects.update_or_create(
        patrol_area=area, pattern_id=pattern, weekday=weekday,
        defaults={"teams": teams, "skills": asked},
    )  # fmt: skip
    facts = {"pattern": pattern, "weekday": weekday, "teams": teams, "skills": asked}
    record("patrol_area", area.id, "patrol.set_need", actor=actor.user_id, at=at, facts=facts)
    return need


@transaction.atomic
def promise_street(
    area_id: UUID, *, street: str = "", per_week: int, actor: Actor, at: datetime
) -> None:
    """Say how often a street is to be seen in a week; without a name: every named street."""
    area = locked_area(area_id, actor)
    permit(leads_area(actor, area))
    if not 0 <= per_week <= MOST_A_WEEK:
        reason = _("A number from 0 to %(most)d.") % {"most": MOST_A_WEEK}
        raise Invalid(reason, {"per_week": reason})
    name = street.strip()
    if name:
        StreetPromise.objects.update_or_create(
            patrol_area=area, street=name, defaults={"per_week": per_week}
        )
    else:
        area.per_week = per_week
        area.save(update_fields=["per_week"])
    facts = {"street": name, "per_week": per_week}
    record("patrol_area", area.id, "patrol.promise", actor=actor.user_id, at=at, facts=facts)


@transaction.atomic
def set_rules(*, actor: Actor, at: datetime, **values: int) -> RosterRules:
    """Change the city's rules of rest; within what the law allows."""
    if not keeps_rules(actor):
        raise NotPermitted(_("Only an administrator can do this."))
    wrong: dict[str, str] = {
        name: _("A number from %(least)d to %(most)d.") % {"least": least, "most": most}
        for name, (least, most) in RULES.items()
        if not least <= values.get(name, least) <= most
    }
    if wrong:
        raise Invalid(_("This can't be written down like that."), wrong)
    row = RosterRules.objects.select_for_update().get(pk=1)
    for name in RULES:
        setattr(row, name, values.get(name, getattr(row, name)))
    row.save()
    record("patrol_rules", "1", "patrol.set_rules", actor=actor.user_id, at=at, facts=values)
    return row
