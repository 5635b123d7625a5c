"""Alarms, the signals they are made of, what happened to them, and who answers where."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.alarms.choices import Kind, Outcome, Refusal, Severity, Source, State, Verb
from linli.alarms.warning_choices import (
    Category,
    Certainty,
    InletSort,
    Response,
    Urgency,
    WarningSeverity,
    WarningState,
    WarningType,
)
from linli.areas.models import Area
from linli.cases.models import Case
from linli.kernel.ids import new_id
from linli.premises.models import Device, Premises

_OPEN = ~Q(state=State.RESET)


class Alarm(models.Model):
    """One alarm, from its first signal until a person has reset it.

    ``sequence`` counts within a city without gaps, in the order of arrival. ``desk`` is the area
    whose desk is rung now and ``due_at`` the moment at which the next one is; null when nobody has
    to come any more. ``raised_at`` is the device's own clock, ``received_at`` and ``last_at`` ours;
    ``count`` is how many signals came. ``sealed`` keeps a caller's number. ``case`` is the incident
    that was made of it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    city = models.CharField(max_length=4, db_collation="C")
    sequence = models.PositiveIntegerField(pgettext_lazy("alarm", "number"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    premises = models.ForeignKey(
        Premises, models.PROTECT, null=True, related_name="alarms", db_index=False
    )
    device = models.ForeignKey(
        Device, models.PROTECT, null=True, related_name="alarms", db_index=False
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    kind = models.CharField(pgettext_lazy("alarm", "kind"), max_length=12, choices=Kind)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    source = models.CharField(pgettext_lazy("alarm", "source"), max_length=8, choices=Source)
    is_test = models.BooleanField(pgettext_lazy("alarm", "test"), default=False)
    is_late = models.BooleanField(_("arrived late"), default=False)
    text = models.TextField(pgettext_lazy("alarm", "text"), blank=True)
    sealed = models.BinaryField(null=True)
    state = models.CharField(
        pgettext_lazy("alarm", "state"), max_length=10, choices=State, default=State.RINGING
    )
    raised_at = models.DateTimeField(_("raised"))
    received_at = models.DateTimeField(_("received"))
    last_at = models.DateTimeField(_("last signal"))
    count = models.PositiveIntegerField(_("signals"), default=1)
    desk = models.CharField(max_length=15, db_collation="C")
    due_at = models.DateTimeField(null=True)
    climbs = models.PositiveSmallIntegerField(default=0)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(pgettext_lazy("alarm", "answered"), null=True)
    reset_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reset_at = models.DateTimeField(pgettext_lazy("alarm", "reset"), null=True)
    reset_reason = models.CharField(pgettext_lazy("alarm", "reason"), max_length=300, blank=True)
    outcome = models.CharField(
        pgettext_lazy("alarm", "outcome"), max_length=8, choices=Outcome, blank=True
    )
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="alarm")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("alarm")
        constraints = [
            models.UniqueConstraint(fields=["city", "sequence"], name="alarm_number_once"),
            # What one device sends again is counted on the open row; a test has its own.
            models.UniqueConstraint(
                fields=["device", "kind", "is_test"],
                condition=_OPEN & Q(device__isnull=False),
                name="alarm_open_once",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="alarm_state_known"),
            models.CheckConstraint(
                condition=_OPEN
                | Q(reset_at__isnull=False, reset_by__isnull=False) & ~Q(reset_reason=""),
                name="alarm_reset_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.ANSWERED) | Q(answered_at__isnull=False),
                name="alarm_answered_has_time",
            ),
        ]
        indexes = [
            models.Index("area", "sequence", condition=_OPEN, name="alarm_open"),
            models.Index("due_at", condition=Q(due_at__isnull=False), name="alarm_due"),
            models.Index(
                "area", F("received_at").desc(), F("id").desc(), name="alarm_area_received"
            ),
            models.Index("device", F("received_at").desc(), name="alarm_device"),
        ]


class Counter(models.Model):
    """The last number given in a city."""

    city = models.CharField(max_length=4, primary_key=True, db_collation="C")
    last = models.PositiveIntegerField()


class Signal(models.Model):
    """One message that reached an alarm, as it came; thinned after thirty days.

    ``key`` makes sure that a message counts once; ``digest`` tells the same message from another
    with its number. Rows never change.
    """

    id = models.BigAutoField(primary_key=True)
    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="signals", db_index=False)
    key = models.CharField(max_length=120, unique=True)
    digest = models.BinaryField(max_length=32)
    source = models.CharField(max_length=8, choices=Source)
    is_late = models.BooleanField(default=False)
    raised_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("alarm", F("id").desc(), name="signal_alarm"),
            models.Index(fields=["received_at"], name="signal_received"),
        ]


class Event(models.Model):
    """A step of an alarm's life. Rows never change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    alarm = models.ForeignKey(Alarm, models.CASCADE, related_name="events", db_index=False)
    verb = models.CharField(max_length=12, choices=Verb)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    to_state = models.CharField(max_length=10, choices=State)
    desk = models.CharField(max_length=15, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index("alarm", "id", name="alarm_event")]


class Desk(models.Model):
    """Whether alarms ring in the centre of an area, for how long, and whom to phone there.

    Without a row the desks of townships and counties that have a dispatcher are rung, and the
    city's in any case, for thirty seconds each.
    """

    area = models.OneToOneField(Area, models.CASCADE, primary_key=True, related_name="+")
    is_on = models.BooleanField(_("rings here"), default=True)
    seconds = models.PositiveSmallIntegerField(_("seconds until the next desk"), default=30)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("alarm desk")
        constraints = [
            models.CheckConstraint(condition=Q(seconds__range=(5, 600)), name="desk_seconds"),
        ]


class Refused(models.Model):
    """Messages that were not taken, counted by device, reason and day, so that a flood fills nothing.

    ``serial`` is what the last of them called itself; without a device it is all that is known.
    """

    id = models.BigAutoField(primary_key=True)
    device = models.ForeignKey(
        Device, models.CASCADE, null=True, related_name="refused", db_index=False
    )
    area = models.CharField(max_length=15, db_collation="C", blank=True)
    reason = models.CharField(max_length=10, choices=Refusal)
    day = models.DateField()
    serial = models.CharField(max_length=60)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["device", "reason", "day"], nulls_distinct=False, name="refused_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["day"], name="refused_day")]


class Inlet(models.Model):
    """A door for messages of another system: short messages, or warnings as CAP.

    Its token is shown once; only the SHA-256 is kept. What names no place belongs to ``area``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sort = models.CharField(_("sort"), max_length=4, choices=InletSort)
    name = models.CharField(pgettext_lazy("alarm inlet", "name"), max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("door for messages")


class WarningTerms(models.Model):
    """How the city warns the public; one row. Until ``is_real`` every message says Exercise."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sender = models.CharField(_("sender"), max_length=120, blank=True)
    is_real = models.BooleanField(_("warnings are real"), default=False)

    class Meta:
        verbose_name = _("terms of public warnings")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="warning_terms_one_row")]


class PublicWarning(models.Model):
    """A warning to the public: drafted by one person and issued by another.

    ``replaces`` is the message an update or a cancellation follows. ``message`` is the signed CAP,
    which never changes once it is there.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    type = models.CharField(pgettext_lazy("warning", "message"), max_length=6, choices=WarningType)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("warning", "area")
    )
    event = models.CharField(pgettext_lazy("warning", "event"), max_length=40)
    category = models.CharField(_("category"), max_length=10, choices=Category)
    urgency = models.CharField(pgettext_lazy("warning", "urgency"), max_length=10, choices=Urgency)
    severity = models.CharField(_("severity"), max_length=10, choices=WarningSeverity)
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty)
    response = models.CharField(_("what to do"), max_length=10, choices=Response)
    headline = models.CharField(_("headline"), max_length=80)
    description = models.CharField(pgettext_lazy("warning", "text"), max_length=1000)
    instruction = models.CharField(_("instruction"), max_length=500, blank=True)
    expires_at = models.DateTimeField(_("valid until"))
    state = models.CharField(
        pgettext_lazy("warning", "state"), max_length=8, choices=WarningState,
        default=WarningState.DRAFT,
    )  # fmt: skip
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=300, blank=True)
    identifier = models.CharField(max_length=80, blank=True)
    status = models.CharField(max_length=8, blank=True)
    sent = models.CharField(max_length=30, blank=True)
    sender = models.CharField(max_length=120, blank=True)
    message = models.TextField(blank=True)

    class Meta:
        verbose_name = _("warning to the public")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("drafted_by")),
                name="warning_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(state=WarningState.ISSUED)
                | Q(decided_by__isnull=False) & ~Q(message="") & ~Q(identifier=""),
                name="warning_issued_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state=WarningState.REFUSED),
                name="warning_followed_once",
            ),
            models.UniqueConstraint(
                fields=["identifier"], condition=~Q(identifier=""), name="warning_identifier_once"
            ),
        ]
        indexes = [
            models.Index(F("decided_at").desc(), name="warning_latest"),
        ]
