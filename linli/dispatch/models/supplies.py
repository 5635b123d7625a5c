"""Stores, their stock as a ledger, and requests for it.

What lies in a lot is the sum of its movements: movements are only added, and the database itself
keeps the sums and refuses any that would fall below nothing.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.areas.models import Area, Unit
from linli.cases.models.case import in_page_language
from linli.dispatch.models.incidents import Incident
from linli.dispatch.supply_choices import MoveKind, RequestState
from linli.kernel.ids import new_id


class SupplyKind(models.Model):
    """What can be kept: its name and what it is counted in. ``least``: a store should have so many."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    measure = models.CharField(_("counted in"), max_length=10, default="件")
    least = models.PositiveIntegerField(_("a store should have"), default=0)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("kind of supplies")

    @property
    def label(self) -> str:
        """Return the name in the language of the page."""
        return in_page_language(self.name, self.name_en)


class Store(models.Model):
    """Where supplies lie. ``unit`` keeps it: a team, a centre. Points are WGS-84 degrees."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="stores")
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("store")
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(closed_at=None), name="store_once"
            )
        ]


class Lot(models.Model):
    """Supplies of one kind and one date in a store.

    ``on_hand`` lies there, ``committed`` of it is set aside. Both are kept by the database from the
    movements, and by nothing else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    store = models.ForeignKey(Store, models.PROTECT, related_name="lots", db_index=False)
    kind = models.ForeignKey(SupplyKind, models.PROTECT, related_name="lots")
    mark = models.CharField(_("mark of the lot"), max_length=40, blank=True)
    expires_on = models.DateField(_("to be used by"), null=True, blank=True)
    on_hand = models.IntegerField(_("there"), default=0)
    committed = models.IntegerField(_("set aside"), default=0)

    class Meta:
        verbose_name = _("lot")
        constraints = [
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="lot_not_below_nothing"),
            models.CheckConstraint(
                condition=Q(committed__gte=0, committed__lte=F("on_hand")),
                name="lot_committed_is_there",
            ),
        ]
        indexes = [
            models.Index(fields=["store", "kind"], name="lot_of"),
            models.Index(
                fields=["expires_on"],
                condition=Q(on_hand__gt=0, expires_on__isnull=False),
                name="lot_expires",
            ),
        ]


class SupplyRequest(models.Model):
    """Supplies asked of a store, for a unit, perhaps for an incident."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    store = models.ForeignKey(Store, models.PROTECT, related_name="requests", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("for"))
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="supply_requests"
    )
    state = models.CharField(
        _("state"), max_length=9, choices=RequestState, default=RequestState.ASKED
    )
    why = models.CharField(_("what for"), max_length=200)
    at = models.DateTimeField(_("asked"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("request for supplies")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RequestState.values), name="supply_request_state"
            )
        ]
        indexes = [models.Index(fields=["store", "state"], name="supply_request_store")]


class RequestLine(models.Model):
    """How much of a kind is asked for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    request = models.ForeignKey(SupplyRequest, models.CASCADE, related_name="lines")
    kind = models.ForeignKey(SupplyKind, models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField(_("how many"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "kind"], name="request_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="request_line_of_something"),
        ]


class Movement(models.Model):
    """One line of the ledger: what it does to what is there, and to what is set aside. Never changes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="movements", db_index=False)
    line = models.ForeignKey(RequestLine, models.PROTECT, null=True, related_name="movements")
    kind = models.CharField(_("movement"), max_length=9, choices=MoveKind)
    on_hand = models.IntegerField(default=0)
    committed = models.IntegerField(default=0)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("movement of stock")
        indexes = [models.Index("lot", F("at").desc(), name="movement_of")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(on_hand=0, committed=0), name="movement_moves_something"
            )
        ]
