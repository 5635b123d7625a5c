"""Who may see a case and who may do what to it: the single source of both.

``visible_to`` and ``VISIBLE_SQL`` say the same thing, once for the index and once for row security.
``may_<verb>`` answers for the actor and the case alone; whether the state has such a move is the
lifecycle's affair.
"""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.actor import Actor
from linli.accounts.models import RoleKind
from linli.accounts.scope import in_areas, in_areas_sql
from linli.areas.codes import LENGTH_OF, Level, level_of
from linli.areas.queries import POSTS
from linli.cases.choices import Kind
from linli.cases.models import Case, Placement
from linli.kernel.errors import NotPermitted, Text

# A case is seen by whoever reaches its area, and by each unit it is with.
VISIBLE_SQL = f"{in_areas_sql('area_id')} OR cases_placed(id)"

DESK = frozenset({RoleKind.WINDOW_CLERK, RoleKind.CENTRE_DIRECTOR, RoleKind.DISPATCHER})
INTAKE = DESK | {RoleKind.GRID_WORKER, RoleKind.MEDIATOR}
DIRECTOR = frozenset({RoleKind.CENTRE_DIRECTOR})


def visible_to(actor: Actor, way: str = "") -> Q:
    """Return the filter for the cases ``actor`` may see.

    ``way`` leads from other rows to their case, such as ``case__``.
    """
    if actor.is_system:
        return Q()
    return in_areas(actor, f"{way}area_id") | placed_with(actor, way)


def placed_with(actor: Actor, way: str = "") -> Q:
    """Return the filter for the cases that are now with one of the actor's units."""
    now = Placement.objects.filter(unit__in=actor.units, until=None)
    return Q(**{f"{way}pk__in": now.values("case")})


def may_register(actor: Actor, case: Case | None = None) -> bool:
    """Whoever meets residents takes matters in, wherever they happened."""
    return actor.holds(*INTAKE)


def works_it(actor: Actor, case: Case) -> bool:
    """Say whether the actor works in the unit the case is with."""
    return actor.works_in(case.holder_id)


def handles_it(actor: Actor, case: Case) -> bool:
    """Say whether the case is the actor's to handle: their own, nobody's, or of one they stand in for.

    Directors handle whatever their unit has, and an incident is the whole dispatch room's: it is
    staffed around the clock, and nobody waits there for a colleague who has gone home.
    """
    if not works_it(actor, case):
        return False
    if case.kind == Kind.INCIDENT and actor.works_in(case.holder_id, {RoleKind.DISPATCHER}):
        return True
    mine = case.handler_id in (None, actor.user_id) or case.handler_id in actor.stands_in_for
    return mine or actor.works_in(case.holder_id, DIRECTOR)


def desk_of_it(actor: Actor, case: Case) -> bool:
    """Say whether the actor sits at the desk of the holding unit, or directs an area above it."""
    return actor.works_in(case.holder_id, DESK) or directs_above(actor, case)


def directs_above(actor: Actor, case: Case) -> bool:
    """Say whether the actor directs the centre of an area that lies above the holder's.

    The centre of an area also stands above the departments, committees and teams beside it.
    """
    code = case.holder.area_id
    beside = case.holder.kind not in POSTS
    return any(
        role.kind in DIRECTOR and code.startswith(role.area) and (beside or role.area != code)
        for role in actor.roles
    )


def above_it(actor: Actor, case: Case) -> bool:
    """Say whether the actor sits at a desk at or above the holder's level and reaches it."""
    return actor.reaches(case.holder.area_id, DESK)


def helps_it(actor: Actor, case: Case) -> bool:
    """Say whether one of the actor's units helps with the case."""
    if (known := getattr(case, "helping_units", None)) is not None:
        # The case page has read them with the case.
        return any(unit in known for unit in actor.units)
    helping = Placement.objects.filter(case=case, part="helper", until=None, unit__in=actor.units)
    return helping.exists()


def may_progress(actor: Actor, case: Case) -> bool:
    """The handler, and every unit that helps, writes down what was done."""
    return handles_it(actor, case) or helps_it(actor, case)


def may_designate(actor: Actor, case: Case) -> bool:
    """The director of the centre it came back to, or of one above, designates."""
    return actor.works_in(case.holder_id, DIRECTOR) or directs_above(actor, case)


def may_grant(actor: Actor, case: Case) -> bool:
    """More time is granted by the level above; the top level grants its own."""
    if directs_above(actor, case):
        return True
    return level_of(case.holder.area_id) == "city" and actor.works_in(case.holder_id, DIRECTOR)


def may_withdraw(actor: Actor, case: Case) -> bool:
    """Whoever works on it, or the desk, writes down that the resident took it back."""
    return works_it(actor, case) or desk_of_it(actor, case)


def may_reopen(actor: Actor, case: Case) -> bool:
    """Whoever resolved it, or a desk that reaches it, takes it up again."""
    return works_it(actor, case) or above_it(actor, case)


def may_hand_over(actor: Actor, case: Case) -> bool:
    """The handler gives it away; the unit's director, or one above, moves it."""
    return handles_it(actor, case) or directs_above(actor, case)


def may_extend(actor: Actor, case: Case) -> bool:
    """Whoever handles it asks."""
    return handles_it(actor, case)


def may_remind(actor: Actor, case: Case) -> bool:
    """A clock, or a desk that reaches the holder."""
    return actor.is_system or above_it(actor, case)


def may_supervise(actor: Actor, case: Case) -> bool:
    """A clock, or a director who reaches the holder."""
    return actor.is_system or actor.reaches(case.holder.area_id, DIRECTOR)


def may_alert(actor: Actor, case: Case) -> bool:
    """Only a clock tells the level above."""
    return actor.is_system


def may_assign(actor: Actor, case: Case) -> bool:
    """The desk it is with; whoever took it in, while nobody else has it; a clock that waited."""
    taken_in = case.state == "registered" and actor.works_in(case.holder_id, INTAKE)
    return actor.is_system or taken_in or desk_of_it(actor, case)


may_classify = may_withdraw
may_accept = works_it
may_return = handles_it
may_suspend = handles_it
may_resume = handles_it
may_escalate = handles_it
may_refer = handles_it
may_resolve = handles_it
may_merge = desk_of_it
may_decline = desk_of_it
may_follow_up = may_withdraw
may_close = may_withdraw
may_deny = may_grant
may_assist = handles_it

type Rule = Callable[[Actor, Case], bool]

_HANDLES = _("Only the person who handles the case, or the director, can do this.")
_WORKS = _("Only the unit the case is with can do this.")
_DESK = _("Only the desk of the centre the case is with can do this.")
_ABOVE = _("Only the level above can do this.")

# Verb → its rule, and what is said when the rule refuses.
RULES: dict[str, tuple[Rule, Text]] = {
    "classify": (may_classify, _WORKS),
    "assign": (may_assign, _DESK),
    "designate": (may_designate, _("Only the director of the centre can designate.")),
    "accept": (may_accept, _WORKS),
    "return": (may_return, _HANDLES),
    "progress": (may_progress, _HANDLES),
    "suspend": (may_suspend, _HANDLES),
    "resume": (may_resume, _HANDLES),
    "escalate": (may_escalate, _HANDLES),
    "refer": (may_refer, _HANDLES),
    "remind": (may_remind, _("Only a centre that covers the handling unit can remind it.")),
    "supervise": (may_supervise, _("Only the director of a centre that covers it can supervise.")),
    "alert": (may_alert, _("Only an overdue deadline does this.")),
    "resolve": (may_resolve, _HANDLES),
    "reopen": (may_reopen, _("Only the unit that resolved it, or a centre above, can reopen it.")),
    "merge": (may_merge, _DESK),
    "withdraw": (may_withdraw, _WORKS),
    "decline": (may_decline, _DESK),
    "follow_up": (may_follow_up, _WORKS),
    "close": (may_close, _WORKS),
    "extend": (may_extend, _HANDLES),
    "grant": (may_grant, _ABOVE),
    "deny": (may_deny, _ABOVE),
    "assist": (may_assist, _HANDLES),
    "hand_over": (may_hand_over, _HANDLES),
}


def permit(verb: str, actor: Actor, case: Case) -> None:
    """Raise :class:`NotPermitted` with the reason unless ``actor`` may do ``verb`` to ``case``."""
    rule, reason = RULES[verb]
    if not rule(actor, case):
        raise NotPermitted(reason)


def may_reveal(actor: Actor, case: Case) -> bool:
    """Open personal data: whoever works on the case, or the desk of a centre that covers it."""
    return works_it(actor, case) or above_it(actor, case)


def may_erase(actor: Actor, case: Case) -> bool:
    """Destroy personal data for good: a director who reaches the case, never its handler alone."""
    return actor.reaches(case.holder.area_id, DIRECTOR)


def may_attach(actor: Actor, case: Case) -> bool:
    """Add or remove a file, a party, a link: whoever works on the case or helps, or its desk."""
    return may_withdraw(actor, case) or helps_it(actor, case)


def may_search_persons(actor: Actor) -> bool:
    """Look a person up across cases: desks only."""
    return actor.holds(*DESK)


def may_set_policies(actor: Actor) -> bool:
    """Change deadlines, categories and the calendar: administrators of the city."""
    held = [role.area for role in actor.roles if role.kind == RoleKind.ADMINISTRATOR]
    return any(len(code) <= LENGTH_OF[Level.CITY] for code in held)
