"""Sessions: when and where, who came, and the record that is written meanwhile."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Room
from linli.kernel.ids import new_id
from linli.mediation.choices import SessionState
from linli.mediation.models.mediation import Mediation
from linli.mediation.models.parties import Participant


class Session(models.Model):
    """One session of a mediation. A room is never booked twice at a time.

    ``record`` is the text as it stands; ``version`` counts its saves: who saves carries the version
    the text was typed on, so that two who write do not overwrite each other. ``during`` is [from, to).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="sessions")
    turn = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=SessionState, default=SessionState.PLANNED)
    during = DateTimeRangeField(_("time"))
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=120, blank=True)
    # Held with each side by itself ("back to back") or with both at one table.
    joint = models.BooleanField(_("both sides at one table"), default=True)
    record = models.TextField(_("record"), blank=True)
    version = models.PositiveIntegerField(default=0)
    held_at = models.DateTimeField(null=True)
    # A closed record is what the parties signed; it is not written on any more.
    closed_at = models.DateTimeField(_("record closed"), null=True)
    joint_statement = models.TextField(_("joint statement"), blank=True)

    class Meta:
        verbose_name = _("session")
        constraints = [
            models.UniqueConstraint(fields=["mediation", "turn"], name="session_turn_once"),
            ExclusionConstraint(
                name="session_room_free",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(room__isnull=False) & ~Q(state="cancelled"),
            ),
        ]
        indexes = [models.Index(F("during__startswith"), name="session_begins")]

    @property
    def times(self) -> tuple[datetime, datetime]:
        """When it begins and ends, whether it was just made or comes from the database."""
        if isinstance(self.during, Range):
            return self.during.lower, self.during.upper
        return self.during[0], self.during[1]


class SessionSeat(models.Model):
    """A mediator who holds a session; nobody holds two at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="session_seat_once"),
            ExclusionConstraint(
                name="session_mediator_free",
                expressions=[("user", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]


class Attendance(models.Model):
    """A participant of a session: invited when and how, and whether they came."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attendances")
    invited_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=8, blank=True)
    answer = models.CharField(
        max_length=8,
        blank=True,
        choices=[("comes", _("comes")), ("declines", _("declines"))],
    )
    came = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "participant"], name="attendance_once")
        ]


class RecordVersion(models.Model):
    """What a record said after a save. Never changed; many saves in one minute by one hand are one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "version"], name="record_version_once")
        ]
