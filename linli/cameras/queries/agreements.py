"""Sharing agreements: which hold, which end soon, and how many cameras they open."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.cameras.lifecycle import WARNING_DAYS
from linli.cameras.models import Agreement, Camera
from linli.cameras.policy import agreements_of
from linli.kernel.errors import NotFound

MOST = 300


def agreements(actor: Actor) -> list[Agreement]:
    """Return the agreements the actor may read, those that end first before the others."""
    found = Agreement.objects.filter(agreements_of(actor)).select_related("giving", "taking")
    return list(found.order_by("ended_at", "ends_at")[:MOST])


def agreement_for(actor: Actor, agreement_id: UUID) -> Agreement:
    """Return an agreement; raises :class:`NotFound` where the actor may not know of it."""
    found = Agreement.objects.filter(agreements_of(actor), pk=agreement_id)
    agreement = found.select_related("giving", "taking", "made_by", "ended_by").first()
    if agreement is None:
        raise NotFound(_("There is no such agreement here."))
    return agreement


def standing(agreement: Agreement, at: datetime) -> str:
    """Return how an agreement stands: coming, ending (within 30 days), living, over or ended early."""
    if agreement.ended_at:
        return "ended"
    if agreement.ends_at <= at:
        return "over"
    if agreement.begins_at > at:
        return "coming"
    return "ending" if agreement.ends_at <= at + timedelta(days=WARNING_DAYS) else "living"


def in_scope(agreement: Agreement) -> QuerySet[Camera]:
    """Return the cameras in the scope, whoever asks and whether it holds or not."""
    found = Camera.objects.filter(owner=agreement.giving_id, retired_on=None)
    if agreement.by_list:
        return found.filter(pk__in=agreement.listed.values("camera"))
    found = found.filter(in_area(agreement.area, "area_id"))
    return found.filter(legal_class__in=agreement.classes) if agreement.classes else found
