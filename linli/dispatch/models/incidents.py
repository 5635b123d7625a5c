"""Incidents, who was sent to them, and their clocks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Area
from linli.cases.choices import Channel
from linli.cases.models import Case
from linli.dispatch import lifecycle
from linli.dispatch.choices import Answer, ClockKind, Priority, Result, State
from linli.dispatch.models.kinds import IncidentKind, PlanStep
from linli.dispatch.models.units import DispatchUnit
from linli.kernel.ids import new_id


class Incident(models.Model):
    """What dispatch adds to a case of kind incident.

    The clocks: ``received_at`` it rang, ``answered_at`` somebody took it, ``processed_at`` it was
    decided who goes (or that nobody need), ``dispatched_at`` the first unit was sent, ``arrived_at``
    the first was there, ``closed_at``. The four targets are seconds, as they held when it was
    opened. ``place`` and ``brief`` are what units are told: no names in them. ``alarm`` is the
    alarm it began with.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="incident")
    kind = models.ForeignKey(IncidentKind, models.PROTECT, related_name="+", db_index=False)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    channel = models.CharField(_("channel"), max_length=14, choices=Channel)
    alarm = models.UUIDField(null=True, unique=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(pgettext_lazy("incident", "place"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    brief = models.CharField(_("what units are told"), max_length=300, blank=True)
    in_town = models.BooleanField(default=True)

    received_at = models.DateTimeField(_("received"))
    answered_at = models.DateTimeField(_("answered"))
    processed_at = models.DateTimeField(_("processed"), null=True)
    dispatched_at = models.DateTimeField(_("first unit sent"), null=True)
    arrived_at = models.DateTimeField(_("first unit there"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    answer_target = models.PositiveIntegerField()
    process_target = models.PositiveIntegerField()
    accept_target = models.PositiveIntegerField()
    arrive_target = models.PositiveIntegerField()

    result = models.CharField(_("result"), max_length=11, choices=Result, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("incident")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="incident_state"),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="incident_priority"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__gte=F("received_at")), name="incident_answered_later"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(closed_at__isnull=False),
                name="incident_closed_has_time",
            ),
        ]
        indexes = [
            models.Index("area", "priority", condition=Q(state="open"), name="incident_open"),
            models.Index("area", F("received_at").desc(), F("id").desc(), name="incident_received"),
            models.Index(
                "merged_into", condition=Q(merged_into__isnull=False), name="incident_merged"
            ),
        ]


class Report(models.Model):
    """Somebody reported it: the first, and each one that turned out to be the same matter.

    Who it was is a party of the case; what was said may name people and can be erased.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="reports")
    channel = models.CharField(_("channel"), max_length=14, choices=Channel)
    received_at = models.DateTimeField(_("received"))
    alarm = models.UUIDField(null=True)
    text = models.TextField(_("what was reported"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = pgettext_lazy("incident", "report")


class CardAnswer(models.Model):
    """What was answered to a question card; the last answer stands."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="answers")
    card = models.ForeignKey("QuestionCard", models.PROTECT, related_name="+", db_index=False)
    answer = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "card"], name="answer_once")]


class Assignment(models.Model):
    """A unit sent to an incident, with the moment of each of its answers.

    ``expected`` is how many seconds the way should take, ``reasons`` the words for why it was this
    unit, and ``proposed`` says whether the recommendation named it. ``exclusive`` is set by the
    database: the unit can have no other meanwhile.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(
        DispatchUnit, models.PROTECT, related_name="assignments", db_index=False
    )
    state = models.CharField(_("state"), max_length=8, choices=Answer, default=Answer.ASSIGNED)
    exclusive = models.BooleanField(default=True)
    proposed = models.BooleanField(default=False)
    expected = models.PositiveIntegerField(null=True)
    reasons = models.JSONField(default=list)
    assigned_at = models.DateTimeField(_("assigned"))
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    set_out_at = models.DateTimeField(_("on the way"), null=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    help_at = models.DateTimeField(_("asked for help"), null=True)

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            # Two dispatchers can't take one unit.
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(ended_at=None, exclusive=True),
                name="assignment_one_a_unit",
            ),
            models.UniqueConstraint(
                fields=["incident", "unit"],
                condition=Q(ended_at=None),
                name="assignment_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=lifecycle.UNDER_WAY, ended_at=None)
                | Q(state__in=lifecycle.OVER, ended_at__isnull=False),
                name="assignment_over_has_time",
            ),
        ]
        indexes = [
            models.Index("unit", F("assigned_at").desc(), name="assignment_unit"),
        ]


class CheckItem(models.Model):
    """A step of the plan as it stands on the incident's check list, due at a moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="checks")
    step = models.ForeignKey(PlanStep, models.SET_NULL, null=True, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField()
    who = models.CharField(_("who"), max_length=40)
    text = models.CharField(_("what"), max_length=200)
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["position", "due_at", "id"]


class Clock(models.Model):
    """A moment by which something is to have happened. It is stopped, or it fires, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    incident = models.ForeignKey(Incident, models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=7, choices=ClockKind)
    assignment = models.ForeignKey(
        Assignment, models.CASCADE, null=True, related_name="+", db_index=False
    )
    check_item = models.ForeignKey(
        CheckItem, models.CASCADE, null=True, related_name="+", db_index=False
    )
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    fired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(stopped_at=None, fired_at=None),
                name="dispatch_clock_running",
            )
        ]
