"""Routing rules, in sets: a draft is written, switched on as a whole, and kept when another follows."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area, Unit
from linli.kernel.ids import new_id
from linli.routing.matching import Conditions, Hours

HOURS = [
    (Hours.ANY, _("at any time")),
    (Hours.OFFICE, _("in office hours")),
    (Hours.OUTSIDE, _("outside office hours")),
    (Hours.OWN, _("at times of its own")),
]
DAYS = [("", _("any day")), ("working", _("working days")), ("off", _("days off"))]


class RuleSet(models.Model):
    """One version of an area's rules. Once switched on it is never changed; another one follows it.

    ``version`` counts the edits of a draft, so that nobody switches on what they did not see.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    switched_on_at = models.DateTimeField(null=True)
    switched_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    switched_off_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("set of routing rules")
        constraints = [
            models.UniqueConstraint(fields=["area", "number"], name="rule_set_number"),
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(switched_on_at__isnull=False, switched_off_at=None),
                name="rule_set_one_on",
            ),
            models.UniqueConstraint(
                fields=["area"], condition=Q(switched_on_at=None), name="rule_set_one_draft"
            ),
        ]

    @property
    def is_draft(self) -> bool:
        """Say whether it was never switched on."""
        return self.switched_on_at is None

    @property
    def is_on(self) -> bool:
        """Say whether cases are sent by it now."""
        return self.switched_on_at is not None and self.switched_off_at is None


class Rule(models.Model):
    """Cases of these kinds, from this place, at these times, go to this unit (and this person).

    A list that is empty stands for everything. ``place`` is the set's area or lies below it;
    ``handler`` works in ``unit``. Of a category, those under it are meant too.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    set = models.ForeignKey(RuleSet, models.CASCADE, related_name="rules", db_index=False)
    position = models.PositiveSmallIntegerField()
    place = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    categories = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    urgencies = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    channels = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    hours = models.CharField(max_length=8, choices=HOURS, default=Hours.ANY)
    days = models.CharField(max_length=8, choices=DAYS, blank=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    since = models.TimeField(null=True, blank=True)
    until = models.TimeField(null=True, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    # When somebody was told that its target has gone.
    reported_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("routing rule")
        constraints = [
            # Deferred: moving a rule shifts those between in one transaction.
            models.UniqueConstraint(
                fields=["set", "position"],
                name="routing_rule_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="routing_rule_ends_after_start",
            ),
        ]

    @property
    def conditions(self) -> Conditions:
        """Return what a case must be for this rule, as the comparison takes it."""
        return Conditions(
            place=self.place_id,
            kinds=frozenset(self.kinds),
            categories=frozenset(self.categories),
            urgencies=frozenset(self.urgencies),
            channels=frozenset(self.channels),
            hours=self.hours,
            days=self.days,
            weekdays=frozenset(self.weekdays),
            since=self.since,
            until=self.until,
            starts=self.starts,
            ends=self.ends,
        )


class Edition(models.Model):
    """The token of what is switched on now: whoever keeps rules in memory compares it first.

    A token is never used twice, so what a rolled-back transaction had switched on is never taken
    for anything that was switched on later.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField(default=new_id)
