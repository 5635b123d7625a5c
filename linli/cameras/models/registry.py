"""The registry: cameras, how their pictures are had, their filing, contracts and agreements."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.areas.models import Area, Unit
from linli.cameras import lifecycle
from linli.cameras.choices import LegalClass, PlaceKind, Protocol
from linli.kernel.ids import new_id


class Contract(models.Model):
    """A company that keeps cameras of one owner in order, and until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    company = models.CharField(_("company"), max_length=80)
    number = models.CharField(pgettext_lazy("contract", "number"), max_length=60)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    until = models.DateField(_("until"), null=True)

    class Meta:
        verbose_name = _("contract")
        constraints = [
            models.UniqueConstraint(fields=["owner", "number"], name="camera_contract_once")
        ]


class Camera(models.Model):
    """One camera. The database refuses the places where none may stand, and too short a storage.

    ``owner`` is the unit whose it is, ``managing`` the one that runs it and is given its work
    orders. ``of_centre`` says that the owner is a centre or a grid's post: then the dispatchers and
    directors of the area see it; others' cameras are seen under an agreement. Position is WGS-84
    degrees; ``heading`` (clockwise from north) and ``angle`` are degrees, ``reach`` and ``height``
    metres: the field of view is that sector. ``filing_due`` is null while what was filed holds.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(pgettext_lazy("camera", "code"), max_length=40, db_collation="C")
    name = models.CharField(_("name"), max_length=80)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    place_kind = models.CharField(_("kind of place"), max_length=16, choices=PlaceKind)
    legal_class = models.CharField(_("legal class"), max_length=8, choices=LegalClass)
    owner = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("camera", "owner")
    )
    of_centre = models.BooleanField()
    managing = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("managing unit")
    )
    purpose = models.CharField(_("purpose"), max_length=200)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    height = models.FloatField(_("height in metres"), null=True, blank=True)
    heading = models.FloatField(_("looks towards (degrees from north)"), null=True, blank=True)
    angle = models.FloatField(_("angle of view (degrees)"), null=True, blank=True)
    reach = models.FloatField(_("sees as far as (metres)"), null=True, blank=True)
    storage_days = models.PositiveSmallIntegerField(_("days kept"))
    sign_name = models.CharField(max_length=120, blank=True)
    sign_type = models.CharField(max_length=100, blank=True)
    sign_sha256 = models.CharField(max_length=64, blank=True)
    installed_on = models.DateField(_("installed on"))
    changed_on = models.DateField(_("changed on"), null=True)
    filed_on = models.DateField(_("filed on"), null=True)
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    filing_due = models.DateField(_("to be filed by"), null=True)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="cameras")
    retired_on = models.DateField(_("retired on"), null=True)
    version = models.PositiveIntegerField(default=1)

    # The sweep of files asks this field.
    keeps_files = "sign_sha256"

    class Meta:
        verbose_name = _("camera")
        constraints = [
            # A city's codes are its own: its first four digits stand for it.
            models.UniqueConstraint(Substr("area_id", 1, 4), "code", name="camera_code_once"),
            models.CheckConstraint(
                condition=Q(place_kind__in=lifecycle.ALLOWED_PLACES),
                name="camera_place_not_forbidden",
            ),
            models.CheckConstraint(
                condition=Q(storage_days__gte=lifecycle.LEAST_STORAGE_DAYS),
                name="camera_stores_thirty_days",
            ),
            models.CheckConstraint(
                condition=Q(legal_class__in=LegalClass.values), name="camera_class_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="camera_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(heading=None, angle=None, reach=None)
                | Q(
                    heading__isnull=False,
                    angle__isnull=False,
                    reach__isnull=False,
                    heading__range=(0, 360),
                    angle__range=(1, 360),
                    reach__range=(1, 5000),
                ),
                name="camera_field_of_view",
            ),
            # Either what was filed holds, or there is a day by which it must be filed.
            models.CheckConstraint(
                condition=Q(filed_on__isnull=False) | Q(filing_due__isnull=False),
                name="camera_filed_or_due",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "code"], name="camera_area"),
            models.Index(
                fields=["filing_due"],
                condition=Q(filing_due__isnull=False, retired_on=None),
                name="camera_filing_due",
            ),
        ]


class Source(models.Model):
    """An address from which a camera's picture is had. ``sealed`` holds user and password.

    ``address`` never holds either. ``channel`` is the device's own number of the stream: an ONVIF
    profile, or a GB/T 28181 channel.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    camera = models.ForeignKey(Camera, models.CASCADE, related_name="sources")
    protocol = models.CharField(_("protocol"), max_length=8, choices=Protocol)
    address = models.CharField(pgettext_lazy("camera source", "address"), max_length=500)
    channel = models.CharField(_("channel or profile"), max_length=60, blank=True)
    # Which of several is looked at first: 0 before 1.
    position = models.PositiveSmallIntegerField(default=0)
    width = models.PositiveSmallIntegerField(null=True)
    rate = models.FloatField(null=True)
    encoding = models.CharField(max_length=20, blank=True)
    sealed = models.BinaryField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("source")
        ordering = ["camera_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["camera", "position"], name="camera_source_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(protocol__in=lifecycle.PROTOCOLS), name="camera_protocol_known"
            ),
        ]  # fmt: skip


class Filing(models.Model):
    """One filing with the county's police: its number, and the facts as they were told."""

    camera = models.ForeignKey(Camera, models.CASCADE, related_name="filings")
    filed_on = models.DateField(_("filed on"))
    number = models.CharField(_("filing number"), max_length=60)
    facts = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("filing")


class Agreement(models.Model):
    """One unit lets another see cameras: for a purpose, of a scope, for a time.

    The scope is a list (``by_list``), or every camera of the giving unit in ``area`` and below (all
    when empty) of one of ``classes`` (any when empty). It holds from ``begins_at`` up to before
    ``ends_at``, unless it was ended before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(pgettext_lazy("agreement", "number"), max_length=60, blank=True)
    giving = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("giving unit")
    )
    taking = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("taking unit")
    )
    purpose = models.CharField(_("purpose"), max_length=300)
    by_list = models.BooleanField(default=False)
    area = models.CharField(_("area"), max_length=15, blank=True, db_collation="C")
    classes = ArrayField(models.CharField(max_length=8, choices=LegalClass), default=list)
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended early"), null=True)
    ended_why = models.CharField(_("reason"), max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("sharing agreement")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="camera_agreement_ends_after_begin"
            ),
            models.CheckConstraint(
                condition=~Q(giving=F("taking")), name="camera_agreement_between_two"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ended_why=""),
                name="camera_agreement_end_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["taking", "giving"], name="camera_agreement_taking"),
            models.Index(fields=["giving"], name="camera_agreement_giving"),
        ]


class AgreementCamera(models.Model):
    """A camera on an agreement's list."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="listed")
    camera = models.ForeignKey(Camera, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("shared camera")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "camera"], name="camera_listed_once")
        ]


class AgreementPaper(models.Model):
    """A signed paper of an agreement. The file lies under ``MEDIA_ROOT`` by its SHA-256."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="papers")
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    keeps_files = "sha256"

    class Meta:
        verbose_name = _("signed paper")


class Network(models.Model):
    """A network whose addresses may be asked for pictures: nothing else is ever connected to."""

    cidr = models.CharField(_("network"), max_length=43, primary_key=True)
    reason = models.CharField(_("what it is"), max_length=120)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("camera network")
        ordering = ["cidr"]


class Setting(models.Model):
    """A limit by which cameras are judged; the names and their defaults are in the migrations."""

    name = models.CharField(max_length=30, primary_key=True)
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("limit")
