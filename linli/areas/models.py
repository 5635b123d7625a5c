"""Areas, what happened to them, and the units that work in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.codes import Level
from linli.kernel.ids import new_id

CHANGES = [
    ("added", _("added")),
    ("renamed", _("renamed")),
    ("merged", _("merged")),
    ("abolished", _("abolished")),
    ("revived", _("revived")),
]
# How a department attends: it sits in the centre, comes in turns, or comes when called.
ATTENDANCES = [
    ("resident", pgettext_lazy("attendance", "resident")),
    ("rotating", pgettext_lazy("attendance", "rotating")),
    ("on_call", pgettext_lazy("attendance", "on call")),
]
# What a department can be; a city's own word for another is kept as it is typed.
FIELDS = [
    ("justice", _("justice office")),
    ("court", _("court")),
    ("procuratorate", _("procuratorate")),
    ("police", _("police")),
    ("petitions", _("petitions office")),
    ("labour", _("labour office")),
    ("housing", _("housing office")),
    ("land", _("land office")),
    ("health", _("health office")),
    ("market", _("market supervision")),
    ("civil_affairs", _("civil affairs")),
    ("women", _("women's federation")),
]
ROOM_KINDS = [
    ("window", _("window")),
    ("mediation", _("mediation room")),
    ("meeting", _("meeting room")),
    ("reception", _("reception room")),
    ("command", _("command room")),
]
SHIFTS = [("day", pgettext_lazy("shift", "day")), ("night", pgettext_lazy("shift", "night"))]


class Area(models.Model):
    """One node of the division tree. Its code is the key and never changes; an abolished area stays.

    ``latitude`` and ``longitude`` are WGS-84 degrees; ``boundary`` is a GeoJSON geometry in WGS-84.
    ``successor`` is the area that took over when this one was renumbered or merged.
    """

    code = models.CharField(_("code"), max_length=15, primary_key=True, db_collation="C")
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    urban_rural_kind = models.CharField(max_length=10, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    abolished_on = models.DateField(_("abolished on"), null=True)
    latitude = models.FloatField(_("latitude"), null=True)
    longitude = models.FloatField(_("longitude"), null=True)
    boundary = models.JSONField(null=True)

    class Meta:
        verbose_name = _("area")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="area_point_on_earth",
            )
        ]
        indexes = [
            models.Index(fields=["level", "code"], name="area_level"),
        ]


class AreaChange(models.Model):
    """One thing an import did to an area: added, renamed, moved, merged, abolished, revived."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="changes")
    at = models.DateTimeField(_("time"))
    kind = models.CharField(
        _("change"),
        max_length=10,
        choices=CHANGES,
    )
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("change of an area")
        indexes = [models.Index(fields=["area", "at"], name="area_change")]


class UnitKind(models.TextChoices):
    """What works in an area."""

    CENTRE = "centre", _("governance centre")
    GRID = "grid", _("grid")
    DEPARTMENT = "department", _("department")
    COMMITTEE = "committee", _("mediation committee")
    TEAM = "team", _("team")


class Unit(models.Model):
    """A centre, a grid's post, a department, a committee or a team: what a case can be with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="units")
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    name = models.CharField(_("name"), max_length=80)
    field = models.CharField(
        _("field"),
        max_length=20,
        blank=True,
        help_text=_("What a department is: justice, court, police, petitions, labour, housing…"),
    )
    attendance = models.CharField(
        _("attendance"),
        max_length=10,
        blank=True,
        choices=ATTENDANCES,
    )
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=120, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        constraints = [
            # An area has one centre, and a grid one post.
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(kind__in=["centre", "grid"], closed_on=None),
                name="unit_one_centre_an_area",
            )
        ]
        indexes = [models.Index(fields=["area", "kind"], name="unit_area")]


class Room(models.Model):
    """A window or a room of a centre."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="rooms")
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=ROOM_KINDS,
    )
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name = _("room")


class Duty(models.Model):
    """One person's turn on a centre's duty roster."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="duties")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="duties")
    date = models.DateField(_("date"))
    shift = models.CharField(_("shift"), max_length=6, choices=SHIFTS)

    class Meta:
        verbose_name = _("turn of duty")
        constraints = [
            models.UniqueConstraint(fields=["unit", "user", "date", "shift"], name="duty_once")
        ]
        indexes = [models.Index(fields=["unit", "date"], name="duty_day")]
