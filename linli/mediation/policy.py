"""Who may see a mediation and who may do what to it: the single source of both.

A mediation is seen by whoever sees its case. ``may_<verb>`` answers for the actor alone; whether
the state has such a move is the lifecycle's affair.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_area
from linli.areas.policy import may_administer
from linli.cases.models import Case
from linli.cases.policy import DIRECTOR, INTAKE, above_it, works_it
from linli.cases.policy import visible_to as of_cases
from linli.kernel.errors import NotPermitted, Text
from linli.mediation.models import Committee, Mediation

MEDIATORS = frozenset({RoleKind.MEDIATOR, RoleKind.CENTRE_DIRECTOR})


def visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the mediations ``actor`` may see: those of the cases they see.

    ``way`` leads to the mediation from another table, such as ``"mediation__"``.
    """
    return of_cases(actor, f"{way}case__")


def may_begin(actor: Actor, case: Case) -> bool:
    """Begin a mediation: whoever works where the case is, or a desk above it."""
    return actor.holds(*INTAKE) and (works_it(actor, case) or above_it(actor, case))


def may_keep(actor: Actor, area: str) -> bool:
    """Found a committee in an area, or change it: an administrator of the area, or of one above."""
    return may_administer(actor, area)


def permit_library(actor: Actor) -> None:
    """Raise :class:`NotPermitted` unless the actor edits the city's clauses: an administrator."""
    if actor.user_id is None or not actor.holds(RoleKind.ADMINISTRATOR):
        raise NotPermitted(_("Only an administrator can do this."))


def may_describe(actor: Actor, committee: Committee) -> bool:
    """Say what is known of a committee's people: its director, one above, or an administrator."""
    area = committee.unit.area_id
    return may_keep(actor, area) or actor.reaches(area, DIRECTOR)


def may_count(actor: Actor, committee: Committee) -> bool:
    """Say whether the actor sees all a committee has in hand, so that a count of it is the whole."""
    unit = committee.unit
    return actor.works_in(unit.id) or actor.reaches(unit.area_id)


def directs(actor: Actor, committee: Committee) -> bool:
    """Say whether the actor directs a centre whose area has the committee in it."""
    return actor.reaches(committee.unit.area_id, DIRECTOR)


def judged_by(actor: Actor, area: str) -> QuerySet[Committee]:
    """Return the committees in ``area`` whose results the actor reads: the own and directed ones.

    Raises :class:`NotPermitted` for who neither mediates nor directs.
    """
    if not actor.holds(*MEDIATORS):
        raise NotPermitted(_("Results are read by mediators and by the directors over them."))
    own = [unit for unit in actor.units if actor.works_in(unit, MEDIATORS)]
    reached = Q(unit__in=own)
    for role in actor.roles:
        if role.kind in DIRECTOR:
            reached |= in_area(role.area, "unit__area_id")
    return Committee.objects.filter(reached, in_area(area, "unit__area_id")).order_by("name")


def of_committee(actor: Actor, mediation: Mediation) -> bool:
    """Say whether the actor mediates in the committee or directs its unit."""
    return actor.works_in(mediation.committee.unit_id, MEDIATORS)


def mediates(actor: Actor, mediation: Mediation) -> bool:
    """Say whether the mediation is the actor's: a seat in it, or that of somebody they stand in for.

    Directors act for their committee, and anybody of it where nobody is named yet.
    """
    if not of_committee(actor, mediation):
        return False
    if actor.works_in(mediation.committee.unit_id, DIRECTOR):
        return True
    seated = {seat.user_id for seat in mediation.seated}
    return not seated or actor.user_id in seated or bool(seated & actor.stands_in_for)


def runs_itself(actor: Actor, mediation: Mediation) -> bool:
    """What Linli also does by itself, when a day has come."""
    return actor.is_system or mediates(actor, mediation)


may_seat = of_committee
may_object = of_committee
may_declare = of_committee
may_accept = mediates
may_refuse = mediates
may_extend = mediates
may_plan = mediates
may_hold = mediates
may_alarm = of_committee
may_agree = mediates
may_redraft = mediates
may_sign = mediates
may_take_effect = mediates
may_fail = mediates
may_end = mediates
may_amend = mediates
may_pay = mediates
may_remind = mediates
may_reverse = mediates
may_perform = runs_itself
may_breach = mediates
may_mend = mediates
may_confirm = mediates
may_remediate = mediates
may_follow_up = of_committee
may_conclude = of_committee
may_answer = mediates
may_archive = of_committee
# Papers carry full names: those who mediate and their director print them, and put scans in.
may_print = of_committee


def may_destroy(actor: Actor, mediation: Mediation) -> bool:
    """Destroy a file whose term has ended: the directors of the committee's unit or above it."""
    return actor.reaches(mediation.case.area_id, DIRECTOR) or actor.works_in(
        mediation.committee.unit_id, DIRECTOR
    )


type Rule = Callable[[Actor, Mediation], bool]

_MEDIATES = _("Only the mediator of this mediation, or the director, can do this.")
_COMMITTEE = _("Only the committee that mediates can do this.")

# Verb → its rule, and what is said when the rule refuses.
RULES: dict[str, tuple[Rule, Text]] = {
    "seat": (may_seat, _COMMITTEE),
    "object": (may_object, _COMMITTEE),
    "declare": (may_declare, _COMMITTEE),
    "accept": (may_accept, _MEDIATES),
    "refuse": (may_refuse, _MEDIATES),
    "extend": (may_extend, _MEDIATES),
    "plan": (may_plan, _MEDIATES),
    "hold": (may_hold, _MEDIATES),
    "alarm": (may_alarm, _COMMITTEE),
    "agree": (may_agree, _MEDIATES),
    "redraft": (may_redraft, _MEDIATES),
    "sign": (may_sign, _MEDIATES),
    "take_effect": (may_take_effect, _MEDIATES),
    "fail": (may_fail, _MEDIATES),
    "end": (may_end, _MEDIATES),
    "amend": (may_amend, _MEDIATES),
    "pay": (may_pay, _MEDIATES),
    "remind": (may_remind, _MEDIATES),
    "reverse": (may_reverse, _MEDIATES),
    "perform": (may_perform, _MEDIATES),
    "breach": (may_breach, _MEDIATES),
    "mend": (may_mend, _MEDIATES),
    "confirm": (may_confirm, _MEDIATES),
    "remediate": (may_remediate, _MEDIATES),
    "follow_up": (may_follow_up, _COMMITTEE),
    "conclude": (may_conclude, _COMMITTEE),
    "answer": (may_answer, _MEDIATES),
    "archive": (may_archive, _COMMITTEE),
}


def permit(verb: str, actor: Actor, mediation: Mediation) -> None:
    """Raise :class:`NotPermitted` with the reason unless ``actor`` may do ``verb``."""
    rule, reason = RULES[verb]
    if not rule(actor, mediation):
        raise NotPermitted(reason)
