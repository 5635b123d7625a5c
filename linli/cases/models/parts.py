"""What hangs on a case: parties, files, clocks, extensions, follow-ups, links; and its policy."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.choices import (
    ClockKind,
    PartyRole,
    Way,
)
from linli.cases.models.case import Case
from linli.kernel.ids import new_id


class Party(models.Model):
    """A person or organisation in a case. Everything personal is one sealed value.

    ``personal`` opens to a mapping with any of ``name``, ``sex``, ``ethnicity``, ``age``,
    ``occupation``, ``phone``, ``address``, ``identity_number``. The indexes find the same value
    again without opening anything. An erased party keeps its row, for the figures.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    role = models.CharField(pgettext_lazy("party", "role"), max_length=10, choices=PartyRole)
    is_organisation = models.BooleanField(_("organisation"), default=False)
    personal = models.BinaryField()
    name_index = models.BinaryField(max_length=16, null=True)
    phone_index = models.BinaryField(max_length=16, null=True)
    identity_index = models.BinaryField(max_length=16, null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("party")
        indexes = [
            models.Index(fields=["name_index"], name="party_name"),
            models.Index(fields=["phone_index"], name="party_phone"),
            models.Index(fields=["identity_index"], name="party_identity"),
        ]


class Attachment(models.Model):
    """A photo or scan. The file lies under ``MEDIA_ROOT`` by its SHA-256; the name is as given."""

    # The sweep of files asks every model that says so.
    keeps_files = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file")


class Reason(models.Model):
    """Why somebody opened personal data or removed something: the audit entry holds its hash."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    text = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("reason")


class Clock(models.Model):
    """A running deadline. ``step`` counts what it has already done: reminded, supervised, told.

    ``fires_at`` is when it next acts (null: stopped, paused, or all done); ``paused_at`` is set
    while the case is suspended. ``amount`` and ``unit`` are the rule it was started under.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=10, choices=ClockKind)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    fires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(stopped_at=None), name="clock_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["fires_at"], condition=Q(fires_at__isnull=False), name="clock_fires"
            ),
            models.Index(fields=["case"], name="clock_case"),
        ]


class DeadlineRule(models.Model):
    """One line of the deadline policy: from which day, where, for what, how long.

    ``clock`` and ``key`` say what is timed: ``level`` by level, ``difficulty`` by difficulty,
    ``accept`` by urgency, ``return`` by difficulty (how long an assignment can be returned),
    ``supervise`` with key ``default``, ``follow_up`` by kind. The rule of the longest area prefix,
    then of the latest day, holds. Clocks already running keep the rule they were started under.
    """

    area = models.CharField(_("area"), max_length=15, blank=True, db_collation="C")
    effective_from = models.DateField(_("effective from"))
    clock = models.CharField(
        _("clock"),
        max_length=10,
        choices=[*ClockKind.choices, ("return", _("return an assignment"))],
    )
    key = models.CharField(_("for"), max_length=12)
    amount = models.PositiveSmallIntegerField(_("how long"))
    unit = models.CharField(
        _("unit"),
        max_length=14,
        choices=[
            ("working_days", _("working days")),
            ("calendar_days", _("calendar days")),
            ("minutes", _("minutes")),
        ],
    )

    class Meta:
        verbose_name = _("deadline rule")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "effective_from", "clock", "key"], name="deadline_rule_once"
            )
        ]


class Extension(models.Model):
    """More time that was asked for, and what the level above said."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    days = models.PositiveSmallIntegerField(_("working days"))
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    granted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(decided_at=None), name="extension_one_open"
            ),
            models.CheckConstraint(condition=Q(days__range=(1, 60)), name="extension_days_sane"),
        ]


class FollowUp(models.Model):
    """One follow-up after the resolution."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    way = models.CharField(
        _("way"),
        max_length=8,
        choices=Way,
    )
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"))
    recurred = models.BooleanField(_("it came back"), default=False)


class Link(models.Model):
    """Two cases that have to do with each other."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField(
        max_length=9, choices=[("related", _("related")), ("duplicate", _("the same matter"))]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="link_once"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="link_two_cases"),
        ]


class PersonSearch(models.Model):
    """One look-up of a person across cases: who, when, and why. What was looked for is not kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("search for a person")
        indexes = [models.Index(fields=["person", "at"], name="person_search_at")]


class SavedFilter(models.Model):
    """A list's filters a person keeps under a name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("saved filter")
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_filter_once")]
