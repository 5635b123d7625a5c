"""Places one can search for, and roads that are closed for a while."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accounts.models import User
from linli.kernel.ids import new_id


class PlaceKind(models.TextChoices):
    """What a place on the map is."""

    PLACE = "place", _("settlement")
    STREET = "street", _("street")
    POI = "poi", pgettext_lazy("kind of place", "institution or shop")
    BUILDING = "building", _("building")
    ADDRESS = "address", _("address")


class Place(models.Model):
    """A named thing or an address of one imported map; degrees are WGS-84.

    ``folded`` and ``pairs`` are name and address as they are compared: most Chinese words have two
    characters, too few for a trigram. The rows of a map come and go with it; nothing may point at one.
    """

    version = models.CharField(max_length=40)
    kind = models.CharField(_("kind"), max_length=10, choices=PlaceKind)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=120, blank=True)
    longitude = models.FloatField()
    latitude = models.FloatField()
    folded = models.CharField(max_length=500)
    pairs = ArrayField(models.CharField(max_length=2))

    class Meta:
        verbose_name = _("place")
        indexes = [
            GinIndex(fields=["pairs"], name="place_pairs", fastupdate=False),
            models.Index(fields=["version"], name="place_version"),
        ]


MODE_WORDS = [("car", _("by car")), ("bicycle", _("by bicycle")), ("foot", _("on foot"))]


class Closure(models.Model):
    """A road or a place that one does not get through for a while.

    ``shape`` is a GeoJSON polygon in WGS-84: stretches of road that it touches are closed. It says
    nothing of a person: everybody who works here may see it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reason = models.CharField(pgettext_lazy("closed road", "reason"), max_length=120)
    shape = models.JSONField()
    modes = ArrayField(
        models.CharField(max_length=10, choices=MODE_WORDS), verbose_name=_("closed for")
    )
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("closed road")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="closure_ends_later"),
        ]
        indexes = [models.Index(fields=["until", "since"], name="closure_time")]
