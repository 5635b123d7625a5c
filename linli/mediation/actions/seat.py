"""Seat: who mediates, named by the committee or chosen by the parties (Act art. 19)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.kernel.errors import IllegalMove, Invalid
from linli.mediation.actions.declare import answer, check_member
from linli.mediation.actions.step import article_hint, begin, finish
from linli.mediation.actions.unseat import unseat
from linli.mediation.choices import SessionState
from linli.mediation.models import Mediation, Seat, Session, SessionSeat
from linli.mediation.queries.seating import answers, refused

CHOSEN_BY = ("committee", "parties")


@transaction.atomic
def seat_mediator(
    mediation_id: UUID,
    *,
    user: UUID,
    actor: Actor,
    at: datetime,
    chief: bool = True,
    chosen_by: str = "committee",
    no_conflict: bool = False,
    seen: int | None = None,
) -> Mediation:
    """Name a mediator of the committee; a new chief takes the place of the one before.

    ``no_conflict`` writes down that the person was asked and has no conflict of interest. Whoever has
    one can't be named; whom a party refused only comes back when the parties choose them.
    """
    mediation = begin("seat", mediation_id, actor, seen=seen)
    check_member(mediation, user, at)
    if chosen_by not in CHOSEN_BY:
        raise Invalid(_("It is not said who named the mediator."), {"chosen_by": _("Choose one.")})
    rows: list[Model] = []
    if no_conflict:
        rows.append(answer(mediation, user, at, has_conflict=False))
    check_free(mediation, user, chosen_by)
    unseat(
        mediation,
        [s.user_id for s in mediation.seated if s.user_id == user or (chief and s.chief)],
        at,
    )
    _book(mediation, user)
    rows.append(Seat(mediation=mediation, user_id=user, chief=chief, chosen_by=chosen_by, since=at))
    facts = {"user": str(user), "chief": chief, "chosen_by": chosen_by, "no_conflict": no_conflict}
    finish(mediation, "seat", by=actor.user_id, at=at, facts=facts, rows=rows)
    return mediation


def _book(mediation: Mediation, user: UUID) -> None:
    """Give the new mediator a place in the sessions that are planned."""
    sessions = Session.objects.filter(mediation=mediation, state=SessionState.PLANNED)
    places = [
        SessionSeat(mediation=mediation, session=one, user_id=user, during=one.during)
        for one in sessions
    ]
    try:
        with transaction.atomic():
            SessionSeat.objects.bulk_create(places)
    except IntegrityError as clash:
        raise Invalid(
            _("The mediator holds another session at that time."),
            {"user": _("Move the planned session first, or choose somebody else.")},
        ) from clash


def check_free(mediation: Mediation, user: UUID, chosen_by: str = "committee") -> None:
    """Raise :class:`IllegalMove` where a declared conflict or a party's refusal stands against it."""
    told = answers(mediation).get(user)
    if told is not None and told.has_conflict:
        raise IllegalMove(
            _("This person has a conflict of interest in this mediation."),
            _("Name somebody else of the committee."),
        )
    if user in refused(mediation) and chosen_by != "parties":
        raise IllegalMove(
            _("A party has refused this mediator."),
            _("Only the parties can choose them again.") + " " + article_hint("23"),
        )
