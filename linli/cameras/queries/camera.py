"""One camera with what its page shows."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.cameras.models import (
    Agreement,
    AgreementCamera,
    Camera,
    Filing,
    HealthChange,
    Source,
    WorkOrder,
)
from linli.cameras.policy import agreements_of, living, units_of, visible_to
from linli.kernel.errors import NotFound

MOST_CHANGES, MOST_ORDERS = 40, 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A camera and what hangs on it. ``through`` is the agreement by which the actor sees it."""

    camera: Camera
    sources: list[Source]
    filings: list[Filing]
    changes: list[HealthChange]
    orders: list[WorkOrder]
    through: Agreement | None


def camera_for(actor: Actor, camera_id: UUID) -> Camera:
    """Return a camera; raises :class:`NotFound` where the actor may not know of it."""
    found = Camera.objects.filter(visible_to(actor), pk=camera_id).select_related(
        "area__parent", "owner", "managing", "contract", "health"
    )
    camera = found.first()
    if camera is None:
        raise NotFound(_("There is no such camera here."))
    return camera


def shown(actor: Actor, camera_id: UUID) -> Shown:
    """Return everything on the page of a camera."""
    camera = camera_for(actor, camera_id)
    orders = WorkOrder.objects.filter(camera=camera)
    return Shown(
        camera,
        list(camera.sources.defer("sealed")),
        list(camera.filings.select_related("by").order_by("-filed_on", "-id")[:MOST_ORDERS]),
        list(HealthChange.objects.filter(camera=camera).order_by("-at", "-id")[:MOST_CHANGES]),
        list(orders.select_related("unit", "done_by").order_by("-opened_at")[:MOST_ORDERS]),
        through(actor, camera),
    )


def through(actor: Actor, camera: Camera) -> Agreement | None:
    """Return the agreement by which the actor's unit sees a department's camera, the longest."""
    units = units_of(actor)
    if camera.of_centre or {camera.owner_id, camera.managing_id} & set(units):
        return None
    listed = AgreementCamera.objects.filter(camera=camera).values("agreement")
    found = Agreement.objects.filter(
        living(), agreements_of(actor), Q(by_list=False) | Q(pk__in=listed), giving=camera.owner,
        taking__in=units,
    )  # fmt: skip
    for agreement in found.select_related("giving", "taking").order_by("-ends_at"):
        by_filter = camera.area_id.startswith(agreement.area) and (
            not agreement.classes or camera.legal_class in agreement.classes
        )
        if agreement.by_list or by_filter:
            return agreement
    return None
