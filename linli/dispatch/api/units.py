"""What is done with a unit: its shift, out of service and back, moving up, and where it is."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.dispatch.actions.begin_shift import begin_shift
from linli.dispatch.actions.end_shift import end_shift
from linli.dispatch.actions.move_up import move_up
from linli.dispatch.actions.place import Fix, place_unit
from linli.dispatch.actions.put_back import put_back
from linli.dispatch.actions.share import start_sharing, stop_sharing
from linli.dispatch.actions.take_out import take_out
from linli.dispatch.api import schemas
from linli.dispatch.api.reads import unit_out
from linli.dispatch.api.routes import router
from linli.dispatch.api.schemas import TakenOut, UnitOut
from linli.dispatch.models import DispatchUnit
from linli.kernel.bodies import Input

# Verb → its body and its action.
VERBS: dict[str, tuple[type[Input], Callable[..., object]]] = {
    "begin_shift": (schemas.ShiftIn, begin_shift),
    "end_shift": (schemas.NothingIn, end_shift),
    "take_out": (schemas.OutIn, take_out),
    "put_back": (schemas.NothingIn, put_back),
    "move_up": (schemas.MoveIn, move_up),
    "share": (schemas.NothingIn, start_sharing),
    "unshare": (schemas.NothingIn, stop_sharing),
}


@router.post(
    "/dispatch/units/{uuid:unit_id}/positions", response=TakenOut, summary="Tell where a unit is"
)
@scoped("dispatch:write")
def positions(request: HttpRequest, unit_id: UUID, given: schemas.FixesIn) -> Any:
    """Take positions of the caller's own phone, which agreed to it, while on shift."""
    fixes = [Fix(one.lng, one.lat, one.at, one.accuracy) for one in given.fixes]
    taken = place_unit(unit_id, fixes, actor=actor_of(request), at=timezone.now())
    return {"taken": taken}


def _operation(verb: str) -> Callable[..., Any]:
    body, action = VERBS[verb]

    def operation(request: HttpRequest, unit_id: UUID, given: Any) -> Any:
        values = {"area": given.area} if verb == "move_up" else given.dict()
        action(unit_id, actor=actor_of(request), at=timezone.now(), **values)
        return unit_out(DispatchUnit.objects.get(pk=unit_id))

    operation.__name__ = f"{verb}_unit"
    operation.__doc__ = action.__doc__
    # The framework reads the body's schema from here.
    operation.__annotations__ = {"request": HttpRequest, "unit_id": UUID, "given": body}
    return operation


for _verb in VERBS:
    router.post(
        f"/dispatch/units/{{uuid:unit_id}}/{_verb}",
        response=UnitOut,
        summary=_verb.replace("_", " ").capitalize(),
        operation_id=f"dispatch_unit_{_verb}",
    )(scoped("dispatch:write")(_operation(_verb)))
