"""The case and what hangs on it. Who may read a row is decided by row security (migrations)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from linli.areas.codes import Level
from linli.areas.models import Area, Unit
from linli.cases import lifecycle
from linli.cases.choices import (
    Channel,
    Destination,
    Difficulty,
    Kind,
    Scale,
    State,
    Urgency,
)
from linli.kernel.ids import new_id

_OPEN = sorted(lifecycle.OPEN)


def in_page_language(name: str, name_en: str) -> str:
    """Return the English name on an English page, where there is one."""
    english = (get_language() or "").startswith("en")
    return name_en if english and name_en else name


class Category(models.Model):
    """A type within a kind, such as the 18 dispute types; a city adds its own under them."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["kind", "position", "code"]
        verbose_name = _("category")

    @property
    def label(self) -> str:
        """Return the name in the language of the page."""
        return in_page_language(self.name, self.name_en)


class Case(models.Model):
    """One matter. ``area`` is where it happened; ``holder`` the unit that must act now.

    ``due_at`` and ``warn_at`` are the earliest of the running clocks. ``version`` counts moves: a
    form carries the version its page showed, so that nobody acts on what they did not see.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    scale = models.CharField(_("scale"), max_length=12, choices=Scale, default=Scale.INDIVIDUAL)
    difficulty = models.CharField(
        _("difficulty"), max_length=10, choices=Difficulty, default=Difficulty.ORDINARY
    )
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    high_risk = models.BooleanField(_("high risk"), default=False)
    channel = models.CharField(_("channel"), max_length=14, choices=Channel)
    source_number = models.CharField(_("number at the referring body"), max_length=60, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, related_name="cases", db_index=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    happened_on = models.DateField(_("happened on"), null=True, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State)
    holder = models.ForeignKey(Unit, models.PROTECT, related_name="held", db_index=False)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(_("registered"))
    due_at = models.DateTimeField(_("due"), null=True)
    warn_at = models.DateTimeField(null=True)
    returns = models.PositiveSmallIntegerField(default=0)
    designated = models.BooleanField(_("designated"), default=False)
    supervised = models.BooleanField(_("supervised"), default=False)
    reminders = models.PositiveSmallIntegerField(default=0)
    told = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)

    resolved_at = models.DateTimeField(_("resolved"), null=True)
    resolved_level = models.CharField(max_length=10, choices=Level, blank=True)
    # Whether it was resolved by the deadline that stood then; null while it is not resolved.
    on_time = models.BooleanField(_("resolved on time"), null=True)
    outcome = models.TextField(_("outcome"), blank=True)
    followed_up_at = models.DateTimeField(_("followed up"), null=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, db_index=False)
    referred_to = models.CharField(max_length=12, choices=Destination, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("case")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["resolved", "closed"]) | Q(resolved_at__isnull=False),
                name="case_resolved_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(closed_at__isnull=False, followed_up_at__isnull=False),
                name="case_closed_after_follow_up",
            ),
            models.CheckConstraint(
                condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)),
                name="case_satisfaction_1_to_5",
            ),
        ]
        indexes = [
            models.Index("area", F("opened_at").desc(), F("id").desc(), name="case_area_opened"),
            models.Index(
                F("opened_at").desc(), F("id").desc(), include=["area", "state"], name="case_opened"
            ),
            models.Index(
                "state", F("opened_at").desc(), F("id").desc(), include=["area"], name="case_state"
            ),
            models.Index(
                "area",
                "due_at",
                condition=Q(state__in=_OPEN),
                include=["warn_at", "state", "high_risk"],
                name="case_open_due",
            ),
            models.Index(
                "warn_at",
                condition=Q(state__in=_OPEN),
                include=["area", "due_at", "high_risk"],
                name="case_open_warn",
            ),
            models.Index(
                "area",
                condition=Q(high_risk=True, state__in=_OPEN),
                include=["warn_at", "due_at"],
                name="case_open_risk",
            ),
            models.Index(
                "holder",
                "state",
                "due_at",
                "id",
                condition=Q(state__in=_OPEN),
                name="case_holder_due",
            ),
            models.Index(
                "handler", "due_at", condition=Q(state__in=_OPEN), name="case_handler_due"
            ),
            models.Index(
                "due_at",
                "id",
                condition=Q(due_at__isnull=False),
                include=["area", "state"],
                name="case_due",
            ),
            models.Index(
                "handler",
                F("opened_at").desc(),
                F("id").desc(),
                condition=Q(handler__isnull=False),
                name="case_handler_opened",
            ),
            models.Index("merged_into", condition=Q(merged_into__isnull=False), name="case_merged"),
            models.Index(
                "holder",
                "due_at",
                condition=Q(state="resolved", followed_up_at=None),
                name="case_follow_up_due",
            ),
            models.Index(
                "resolved_at",
                condition=Q(resolved_at__isnull=False),
                include=["area"],
                name="case_resolved",
            ),
            models.Index(
                "told", "due_at", condition=Q(state__in=_OPEN, told__isnull=False), name="case_told"
            ),
            models.Index(
                "area",
                "due_at",
                condition=Q(state__in=_OPEN, supervised=True),
                name="case_supervised",
            ),
            # The first of a whole city, of whom an index by area knows all but no order.
            models.Index(
                "due_at",
                "id",
                condition=Q(state__in=_OPEN, supervised=True),
                include=["area"],
                name="case_supervised_due",
            ),
        ]


class Counter(models.Model):
    """The last case number given in an area and year."""

    area = models.CharField(max_length=15, db_collation="C")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="counter_once")]


class Placement(models.Model):
    """A case is, or was, with a unit: as the one that must act, as a helper, or as its intake.

    The database keeps the case's ``area_id`` and ``opened_at`` beside it, for lists (migrations).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="placements", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements", db_index=False)
    part = models.CharField(
        max_length=6,
        choices=[("lead", _("lead")), ("helper", _("helper")), ("intake", _("intake"))],
    )
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit", "part"], condition=Q(until=None), name="placement_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(until=None, part="lead"), name="placement_one_lead"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "case"], condition=Q(until=None), name="placement_now"),
            models.Index(
                fields=["unit"], condition=Q(until=None, part="helper"), name="placement_helping"
            ),
            models.Index(fields=["case", "unit"], name="placement_case"),
            models.Index(fields=["unit", "until"], name="placement_unit"),
        ]


class Event(models.Model):
    """One row of a case's timeline. Rows are never changed; what was written lies in :class:`Note`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="events", db_index=False)
    verb = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    # Ids, codes and dates that the verb adds; never personal data, never free text.
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["case", "id"], name="event_case")]


class Note(models.Model):
    """What a person wrote with a move; can be erased, the move stays."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="note")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    text = models.TextField()
