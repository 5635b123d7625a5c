"""Patrol areas, the teams that walk them, and what is promised there."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.areas.models import Area, Unit
from linli.kernel.ids import new_id
from linli.patrol.choices import BeatKind, PointKind, TeamKind, TeamMode


class PatrolArea(models.Model):
    """One of the city's patrol areas 巡区.

    ``area`` is the area of the division tree it lies in, ``unit`` the unit of its leaders.
    ``boundary`` is a GeoJSON polygon, ``longitude`` and ``latitude`` where routes begin; WGS-84.
    ``per_week`` is how often every named street is to be seen where nothing else is promised.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, related_name="patrol_areas", db_index=False)
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="patrol_area")
    boundary = models.JSONField(_("boundary"))
    longitude = models.FloatField(_("longitude"))
    latitude = models.FloatField(_("latitude"))
    per_week = models.PositiveSmallIntegerField(_("times a week"), default=3)

    class Meta:
        verbose_name = _("patrol area")
        indexes = [models.Index(fields=["area"], name="patrol_area_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="patrol_base_on_earth",
            ),
            models.UniqueConstraint(fields=["area", "name"], name="patrol_area_once"),
        ]


class Beat(models.Model):
    """A police room 警务室 or a police district 警务区: the police's own layer of areas."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=8, choices=BeatKind)
    name = models.CharField(_("name"), max_length=60)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, null=True, related_name="beats")
    boundary = models.JSONField(null=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)

    class Meta:
        verbose_name = _("police room or district")
        constraints = [
            models.UniqueConstraint(fields=["kind", "area", "name"], name="patrol_beat_once")
        ]


class Skill(models.Model):
    """Something a shift can ask for: first aid, driving…

    ``counts_as`` is the code of the skill of dispatch it is; empty where dispatch asks for none such.
    """

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = models.CharField(_("name"), max_length=30)
    name_en = models.CharField(_("English name"), max_length=40, blank=True)
    counts_as = models.CharField(_("skill of dispatch"), max_length=30, blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("skill")
        ordering = ["code"]


class Team(models.Model):
    """A patrol team. ``strength``: it goes out with no fewer; ``weekly``: most shifts in a week."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="teams")
    unit = models.OneToOneField(Unit, models.PROTECT, related_name="patrol_team")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=TeamKind)
    mode = models.CharField(_("gets about"), max_length=8, choices=TeamMode, default=TeamMode.FOOT)
    strength = models.PositiveSmallIntegerField(_("goes out with at least"), default=2)
    weekly = models.PositiveSmallIntegerField(_("shifts a week at most"), default=5)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("patrol team")
        constraints = [
            models.UniqueConstraint(
                fields=["patrol_area", "name"],
                condition=Q(dissolved_on=None),
                name="patrol_team_once",
            )
        ]


class Member(models.Model):
    """A person of a team, and what they can. Whether they may still work there, their role says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    team = models.ForeignKey(Team, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="patrol_memberships")
    skills = ArrayField(models.CharField(max_length=20), verbose_name=_("skills"), default=list)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("member of a patrol team")
        constraints = [
            # Nobody walks with two teams: their rest could not be seen to.
            models.UniqueConstraint(
                fields=["user"], condition=Q(left_on=None), name="patrol_member_once"
            )
        ]
        indexes = [models.Index(fields=["team"], name="patrol_member_team")]


class StreetPromise(models.Model):
    """How often a street is to be seen in a week; by name, as maps come and go. 0: not at all."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patrol_area = models.ForeignKey(PatrolArea, models.CASCADE, related_name="promises")
    street = models.CharField(_("street"), max_length=120)
    per_week = models.PositiveSmallIntegerField(_("times a week"))

    class Meta:
        verbose_name = _("promised street")
        constraints = [
            models.UniqueConstraint(fields=["patrol_area", "street"], name="patrol_street_once")
        ]


class CheckPoint(models.Model):
    """A place one has to be at.

    ``windows`` is a list of ``{"days": [0…6], "begins": minutes, "ends": minutes}`` (Monday is 0;
    minutes of the day); empty: any time of a shift, once a night. ``minutes``: how long one stays.
    ``edition`` goes up when the code on paper is made anew, and the old one opens nothing any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    patrol_area = models.ForeignKey(PatrolArea, models.PROTECT, related_name="points")
    kind = models.CharField(_("kind"), max_length=10, choices=PointKind)
    name = models.CharField(_("name"), max_length=80)
    longitude = models.FloatField(_("longitude"))
    latitude = models.FloatField(_("latitude"))
    windows = models.JSONField(_("times"), default=list, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes there"), default=5)
    edition = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("check point")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="patrol_point_on_earth",
            )
        ]
        indexes = [models.Index(fields=["patrol_area"], name="patrol_point_area")]
