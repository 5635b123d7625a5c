"""Release: the case goes on without the mediation, under the clocks of its own."""

from datetime import datetime

from linli.cases import lifecycle as of_case
from linli.cases.actions.set_clock import length_of, set_clock
from linli.mediation.actions.step import case_of
from linli.mediation.models import Mediation


def release_case(mediation: Mediation, at: datetime) -> None:
    """Stop the mediation's clock; that of the difficulty runs again, from today."""
    case = mediation.case = case_of(mediation)
    if case.state != of_case.HANDLING:
        return
    length = length_of(case, "difficulty", case.difficulty, at=at)
    set_clock(case, "difficulty", length, at, instead_of=("mediation",))
