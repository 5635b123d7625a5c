"""What comes in from the street: positions of a shift, check-ins, findings, and what was seen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.cases.models import Case
from linli.kernel.ids import new_id
from linli.patrol.choices import Band, Way
from linli.patrol.models.areas import CheckPoint, PatrolArea, Team
from linli.patrol.models.rosters import Shift


class Fix(models.Model):
    """Where a member's phone was during their shift (WGS-84). For coverage, and for nothing else.

    Readable by the member and the team's leader; thinned after 30 days; never changed until then.
    """

    id = models.BigAutoField(primary_key=True)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="fixes", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    longitude = models.FloatField()
    latitude = models.FloatField()
    accuracy = models.FloatField(default=0)

    class Meta:
        verbose_name = _("position in a shift")
        constraints = [
            models.UniqueConstraint(fields=["shift", "user", "at"], name="patrol_fix_once")
        ]
        indexes = [models.Index(fields=["at"], name="patrol_fix_time")]


class TrackReading(models.Model):
    """A leader looked at the tracks of a shift, and why. The team's members can read it; it stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="readings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading of a track")


class CheckIn(models.Model):
    """A member was at a check point; the key is the phone's, so that sending twice counts once.

    ``point`` is one of our own, ``place`` the key of a place kept elsewhere (premises, a case).
    The position itself is not kept, only how far from the point it was.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="check_ins")
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    point = models.ForeignKey(CheckPoint, models.PROTECT, null=True, related_name="check_ins")
    place = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=80)
    way = models.CharField(max_length=10, choices=Way)
    metres = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = _("check-in")
        constraints = [
            models.CheckConstraint(
                condition=Q(point=None) | Q(place=""), name="patrol_check_in_one_place"
            )
        ]
        indexes = [models.Index(fields=["patrol_area", "at"], name="patrol_check_in_area")]


class Finding(models.Model):
    """Something a member found became a case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="findings")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="patrol_findings")
    title = models.CharField(max_length=120)
    number = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("finding")


class Seen(models.Model):
    """A shift saw a stretch of a map's roads so many times in a quarter of a day. Names nobody."""

    id = models.BigAutoField(primary_key=True)
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="seen")
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="+", db_index=False)
    map = models.CharField(max_length=40)
    stretch = models.PositiveIntegerField()
    date = models.DateField()
    band = models.PositiveSmallIntegerField(choices=Band)
    times = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("street seen")
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "map", "stretch", "date", "band"], name="patrol_seen_once"
            )
        ]
        indexes = [models.Index(fields=["patrol_area", "date"], name="patrol_seen_area")]
