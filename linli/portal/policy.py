"""Who of the staff may speak with a resident, decide on a reopening, publish, and set the rules."""

from linli.accounts.actor import Actor
from linli.cases.models import Case
from linli.cases.policy import (
    DESK,
    above_it,
    desk_of_it,
    may_set_policies,
    may_withdraw,
    works_it,
)

# The resident hears one voice: the unit the case is with, or its desk.
may_speak = may_withdraw
# Pages, rules and keys are the city administrator's.
may_keep_house = may_set_policies


def may_decide(actor: Actor, case: Case) -> bool:
    """Decide on a reopening: the desk of the unit that has it, or of a centre above."""
    return (works_it(actor, case) and desk_of_it(actor, case)) or above_it(actor, case)


def may_review(actor: Actor, case: Case) -> bool:
    """Look at what would be public: any desk that covers the case."""
    return actor.works_in(case.holder_id, DESK) or above_it(actor, case)


def may_reissue(actor: Actor, case: Case) -> bool:
    """Give a resident at the window a new receipt."""
    return may_review(actor, case)


def sees_residents(actor: Actor) -> bool:
    """Say whether the page “Residents” has anything for the actor."""
    return actor.holds(*DESK) or may_set_policies(actor)
