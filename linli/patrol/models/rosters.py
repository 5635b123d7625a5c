"""Rosters: kinds of shifts, what is needed, who goes out when, wishes and swaps."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.kernel.ids import new_id
from linli.patrol.choices import PlanState, SwapState
from linli.patrol.models.areas import PatrolArea, Team


class ShiftPattern(models.Model):
    """A kind of shift. Minutes count from the midnight before it begins; it may end next morning."""

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    name = models.CharField(_("name"), max_length=20)
    name_en = models.CharField(_("English name"), max_length=30, blank=True)
    begins = models.PositiveSmallIntegerField(_("begins"))
    ends = models.PositiveSmallIntegerField(_("ends"))
    night = models.BooleanField(_("counts as a night"), default=False)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("kind of shift")
        ordering = ["begins"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("begins")) & Q(begins__lt=1440) & Q(ends__lte=2880),
                name="patrol_pattern_hours",
            )
        ]


class RosterRules(models.Model):
    """The city's rules of rest; one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    rest_hours = models.PositiveSmallIntegerField(_("hours between two shifts"), default=11)
    nights = models.PositiveSmallIntegerField(_("nights in a row at most"), default=3)
    free_days = models.PositiveSmallIntegerField(_("free days in any seven"), default=1)
    week_hours = models.PositiveSmallIntegerField(_("hours a week at most"), default=44)

    class Meta:
        verbose_name = _("rules of rest")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="patrol_rules_once")]


class ShiftNeed(models.Model):
    """How many teams a kind of shift wants in a patrol area, on one weekday or (None) on all.

    ``skills`` maps a skill to how many of the teams must have it among them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patrol_area = models.ForeignKey(PatrolArea, models.CASCADE, related_name="needs")
    pattern = models.ForeignKey(ShiftPattern, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(_("weekday"), null=True, blank=True)
    teams = models.PositiveSmallIntegerField(_("teams"))
    skills = models.JSONField(_("skills"), default=dict, blank=True)

    class Meta:
        verbose_name = _("teams needed")
        constraints = [
            models.UniqueConstraint(
                fields=["patrol_area", "pattern", "weekday"],
                nulls_distinct=False,
                name="patrol_need_once",
            )
        ]


class Plan(models.Model):
    """A roster of a patrol area for some days. ``open_needs`` are those not met, with their reasons.

    ``proved``: no roster leaves fewer needs open. Version goes up with each change.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="plans")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.DRAFT)
    open_needs = models.JSONField(default=list)
    proved = models.BooleanField(default=True)
    seconds = models.FloatField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("roster")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="patrol_plan_days"),
            models.UniqueConstraint(
                fields=["patrol_area"],
                condition=Q(state="draft"),
                name="patrol_one_draft_an_area",
            ),
        ]
        indexes = [models.Index(fields=["patrol_area", "starts"], name="patrol_plan_area")]


class Shift(models.Model):
    """A team goes out. ``date`` is the day it begins; ``scored_at``: its tracks were counted;
    ``thinned_at``: of its positions one a minute was kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="shifts")
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="shifts")
    team = models.ForeignKey(Team, models.PROTECT, related_name="shifts")
    pattern = models.ForeignKey(ShiftPattern, models.PROTECT, related_name="+")
    date = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    published = models.BooleanField(default=False)
    scored_at = models.DateTimeField(null=True)
    thinned_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("shift")
        constraints = [
            models.UniqueConstraint(fields=["plan", "team", "date"], name="patrol_shift_once"),
            models.UniqueConstraint(
                fields=["team", "date"],
                condition=Q(published=True),
                name="patrol_one_roster_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["patrol_area", "date"], name="patrol_shift_area"),
            models.Index(fields=["team", "date"], name="patrol_shift_team"),
            models.Index(
                fields=["ends_at"],
                condition=Q(published=True, scored_at=None),
                name="patrol_shift_unscored",
            ),
            models.Index(
                fields=["ends_at"], condition=Q(thinned_at=None), name="patrol_shift_unthinned"
            ),
        ]


class Seat(models.Model):
    """A member goes out with a shift."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="seats")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="patrol_seats")

    class Meta:
        verbose_name = _("place in a shift")
        constraints = [models.UniqueConstraint(fields=["shift", "user"], name="patrol_seat_once")]
        indexes = [models.Index(fields=["user"], name="patrol_seat_user")]


class Wish(models.Model):
    """A member would rather be off on a day. ``met`` is None until a roster was published."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="wishes")
    user = models.ForeignKey(User, models.PROTECT, related_name="patrol_wishes")
    date = models.DateField(_("day"))
    asked_at = models.DateTimeField()
    met = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("wish to be off")
        constraints = [models.UniqueConstraint(fields=["user", "date"], name="patrol_wish_once")]
        indexes = [models.Index(fields=["team", "date"], name="patrol_wish_team")]


class Swap(models.Model):
    """One member asks another to go in their place; ``takes`` is what they go for in return."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="swaps")
    gives = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    takes = models.ForeignKey(Seat, models.CASCADE, null=True, related_name="+")
    asker = models.ForeignKey(User, models.PROTECT, related_name="+")
    other = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("swap")
        constraints = [
            models.UniqueConstraint(
                fields=["gives"],
                condition=Q(state__in=["asked", "agreed"]),
                name="patrol_one_swap_a_seat",
            )
        ]
        indexes = [models.Index(fields=["patrol_area", "state"], name="patrol_swap_area")]
