"""Viewing: who is trained, who may look at what for which case, what was refused."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Unit
from linli.cameras.models.registry import Camera
from linli.cameras.viewing_choices import Cause, Ending, FeedState, Kinship, Mode, Purpose
from linli.cases.models import Case
from linli.kernel.ids import new_id

USER = settings.AUTH_USER_MODEL


class ViewingRules(models.Model):
    """A city's limits, one row. The database lets them become stricter than these, never looser.

    ``metres``: how far from a case a camera may stand, unless its field of view reaches it.
    ``case_hours``: how old a case may be for live video. ``before_hours`` and ``after_hours``: how
    far from the time of the case what was recorded may lie. ``span_minutes``: how much of it at
    once. ``live_minutes`` and ``recorded_hours``: how long a grant holds. ``consent_live``: live
    video needs a second person too. ``clip_days``: how long a clip is kept.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    metres = models.PositiveIntegerField(_("metres around the case"), default=500)
    case_hours = models.PositiveSmallIntegerField(_("hours a case is live"), default=72)
    before_hours = models.PositiveSmallIntegerField(_("hours before the case"), default=6)
    after_hours = models.PositiveSmallIntegerField(_("hours after the case"), default=24)
    span_minutes = models.PositiveSmallIntegerField(_("minutes of recording at once"), default=240)
    live_minutes = models.PositiveSmallIntegerField(_("minutes a live grant holds"), default=60)
    recorded_hours = models.PositiveSmallIntegerField(
        _("hours a grant to recordings holds"), default=8
    )
    consent_live = models.BooleanField(_("live video needs a second person too"), default=False)
    clip_days = models.PositiveSmallIntegerField(_("days a clip is kept"), default=30)

    class Meta:
        verbose_name = _("rules of viewing")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="viewing_rules_one_row"),
            models.CheckConstraint(
                condition=Q(
                    metres__range=(1, 500),
                    case_hours__range=(1, 72),
                    before_hours__range=(0, 6),
                    after_hours__range=(1, 24),
                    span_minutes__range=(1, 240),
                    live_minutes__range=(1, 60),
                    recorded_hours__range=(1, 8),
                    clip_days__range=(1, 30),
                ),
                name="viewing_rules_only_stricter",
            ),
        ]


class Training(models.Model):
    """A person was trained to view video, by whom, and until when it holds.

    ``area`` is that of the administrator who wrote it down.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(USER, models.CASCADE, related_name="+")
    area = models.CharField(max_length=15, db_collation="C")
    course = models.CharField(_("course"), max_length=120)
    trained_on = models.DateField(_("trained on"))
    until = models.DateField(_("holds until"))
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("training for video")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("trained_on")), name="training_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["user", "until"], name="training_user")]


class Grant(models.Model):
    """One person may look at cameras for one case, for a while.

    Asked with purpose, reason, unit and name; ``area`` is the case's. What was recorded is looked
    at from ``starts`` up to before ``ends``. It holds from ``valid_from`` (null: a second person
    has not consented yet) up to before ``valid_until``, unless ``ended_at`` comes first.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    area = models.CharField(max_length=15, db_collation="C")
    mode = models.CharField(pgettext_lazy("video", "way"), max_length=8, choices=Mode)
    starts = models.DateTimeField(_("from"), null=True)
    ends = models.DateTimeField(_("until"), null=True)
    viewer = models.ForeignKey(USER, models.PROTECT, related_name="+")
    viewer_name = models.CharField(_("name"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    reason = models.CharField(_("reason"), max_length=300)
    asked_at = models.DateTimeField()
    needs_consent = models.BooleanField()
    consented_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=8, choices=Ending, blank=True)
    ended_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = pgettext_lazy("video", "grant")
        constraints = [
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="grant_mode_known"),
            models.CheckConstraint(
                condition=Q(mode="live", starts=None, ends=None)
                | Q(mode="recorded", starts__isnull=False, ends__gt=F("starts")),
                name="grant_recorded_has_span",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="grant_has_reason"),
            # Nobody consents to themselves, and recordings never hold without a second person.
            models.CheckConstraint(
                condition=Q(consented_by=None) | ~Q(consented_by=F("viewer")),
                name="grant_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(mode="recorded") | Q(needs_consent=True),
                name="grant_recorded_needs_consent",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None)
                | Q(needs_consent=False)
                | Q(consented_by__isnull=False),
                name="grant_valid_after_consent",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None, valid_until=None) | Q(valid_until__gt=F("valid_from")),
                name="grant_expires",
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="grant_case"),
            models.Index(fields=["viewer", "asked_at"], name="grant_viewer"),
            models.Index(
                fields=["area", "asked_at"],
                condition=Q(valid_from=None, ended_at=None),
                name="grant_waiting",
            ),
        ]


class GrantCamera(models.Model):
    """A camera of a grant, and when its first segment was given out."""

    grant = models.ForeignKey(Grant, models.CASCADE, related_name="cameras")
    camera = models.ForeignKey(Camera, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "camera"], name="grant_camera_once")
        ]


class Refusal(models.Model):
    """Somebody asked for video and did not get it. Rows are never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    user = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    camera = models.UUIDField(null=True)
    grant = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    # The camera's or the case's area, or the person's own, as far as known.
    area = models.CharField(max_length=15, blank=True, db_collation="C")
    mode = models.CharField(max_length=8, blank=True)
    cause = models.CharField(max_length=12, choices=Cause)

    class Meta:
        verbose_name = pgettext_lazy("video", "refusal")
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="refusal_cause_known")
        ]
        indexes = [models.Index(fields=["area", "at"], name="refusal_area")]


class RelativeViewing(models.Model):
    """A relative of a missing person looks on, beside a member of staff, under that person's grant.

    The managing unit of the camera consented. ``sealed`` holds the relative's name and the number
    of the paper that proves the kinship, under the row's id.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="relatives")
    sealed = models.BinaryField()
    kinship = models.CharField(_("kinship"), max_length=11, choices=Kinship)
    checked_by = models.CharField(_("how the kinship was checked"), max_length=120)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    managing = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(null=True)
    consented_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("viewing by a relative")
        constraints = [
            models.CheckConstraint(
                condition=Q(consented_by=None) | ~Q(consented_by=F("asked_by")),
                name="relative_second_person",
            ),
            models.CheckConstraint(
                condition=Q(began_at=None) | Q(consented_at__isnull=False),
                name="relative_begins_after_consent",
            ),
        ]


class Feed(models.Model):
    """A camera's video is wanted: packed for as long as somebody asks for it.

    Live there is one a camera, whoever looks. What a recorder keeps is packed for one ``grant``.
    ``said`` is what went wrong, in words for people.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    camera = models.ForeignKey(Camera, models.CASCADE, related_name="feeds")
    grant = models.ForeignKey(Grant, models.CASCADE, null=True, related_name="+")
    wanted_until = models.DateTimeField()
    state = models.CharField(max_length=8, choices=FeedState, default=FeedState.ASKED)
    said = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["camera"], condition=Q(grant=None), name="feed_live_once"
            ),
            models.UniqueConstraint(
                fields=["camera", "grant"],
                condition=Q(grant__isnull=False),
                name="feed_of_grant_once",
            ),
        ]
        indexes = [models.Index(fields=["wanted_until"], name="feed_wanted")]
