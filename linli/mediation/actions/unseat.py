"""Unseat: a mediator's seat ends, and with it their place in the sessions that are planned."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from linli.mediation.choices import SessionState
from linli.mediation.models import Mediation, Seat, SessionSeat


def unseat(mediation: Mediation, users: Collection[UUID], at: datetime) -> bool:
    """End the seats these people hold now; say whether there was one."""
    ended = Seat.objects.filter(mediation=mediation, user__in=users, until=None).update(until=at)
    planned = SessionSeat.objects.filter(mediation=mediation, session__state=SessionState.PLANNED)
    planned.filter(user__in=users).delete()
    return bool(ended)
