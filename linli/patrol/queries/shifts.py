"""A member's own shifts, and what is known of one that is under way."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from linli.patrol.models import CheckIn, Finding, Route, Seat, Shift, Team, TrackReading

# A phone may be late or early by so much; what it kept without a network is taken so long after.
EARLY, LATE = timedelta(minutes=15), timedelta(hours=24)


def own_shifts(user: UUID | None, at: datetime) -> QuerySet[Shift]:
    """Return the published shifts a member is on that are not over, the next first."""
    seats = Seat.objects.filter(user=user).values("shift")
    rows = Shift.objects.filter(pk__in=seats, published=True, ends_at__gt=at)
    return rows.select_related("team", "pattern", "patrol_area").order_by("starts_at")


def walked_by(team: Team, at: datetime, most: int = 14) -> list[Shift]:
    """Return the last shifts of a team that have begun, the latest first."""
    rows = Shift.objects.filter(team=team, published=True, starts_at__lte=at)
    return list(rows.select_related("pattern").order_by("-starts_at")[:most])


def readings_of(shift: Shift) -> list[TrackReading]:
    """Return who looked at the tracks of a shift, the latest first."""
    rows = TrackReading.objects.filter(shift=shift).select_related("user")
    return list(rows.order_by("-at", "-id"))


def has_seat(user: UUID | None, shift: UUID) -> bool:
    """Say whether somebody is on a shift."""
    return Seat.objects.filter(user=user, shift=shift).exists()


def route_of(shift: Shift) -> Route | None:
    """Return the way of a shift, if one was made."""
    return Route.objects.filter(shift=shift).first()


def checked(shift: Shift) -> dict[str, datetime]:
    """Return when each place of a shift was checked, by anybody of the team; the first time."""
    found: dict[str, datetime] = {}
    for row in CheckIn.objects.filter(shift=shift).order_by("-at"):
        found[f"point:{row.point_id}" if row.point_id else row.place] = row.at
    return found


def findings_of(shift: Shift, user: UUID | None) -> list[Finding]:
    """Return what a member found in a shift."""
    return list(Finding.objects.filter(shift=shift, user=user).order_by("at"))


def within_shift(shift: Shift, moment: datetime) -> bool:
    """Say whether something happened in a shift, a phone's clock being what it is."""
    return shift.starts_at - EARLY <= moment <= shift.ends_at + EARLY
