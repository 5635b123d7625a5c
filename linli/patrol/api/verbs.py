"""The verbs of leaders: set up, plan, publish, make routes, settle swaps; and wishes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from linli.accounts.actor import actor_of
from linli.accounts.gate import scoped
from linli.patrol.actions import swap
from linli.patrol.actions.enrol import enrol_member
from linli.patrol.actions.found import TeamData, found_area, found_team
from linli.patrol.actions.make_routes import make_routes
from linli.patrol.actions.plan_roster import plan_roster
from linli.patrol.actions.publish_roster import drop_roster, publish_roster
from linli.patrol.actions.wish import take_wish_back, wish_off
from linli.patrol.api import schemas
from linli.patrol.api.reads import route_out
from linli.patrol.api.routes import router


@router.post("/patrol/areas", response={201: schemas.Done}, summary="Set a patrol area up")
@scoped("cases:write")
def create_area(request: HttpRequest, given: schemas.AreaIn) -> Any:
    """Set a patrol area up in an area of the division tree, with the unit of its leaders."""
    base = None
    if given.longitude is not None and given.latitude is not None:
        base = (given.longitude, given.latitude)
    made = found_area(
        given.area, name=given.name, boundary=given.boundary, base=base,
        actor=actor_of(request), at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": made.id})


@router.post(
    "/patrol/areas/{uuid:area_id}/teams", response={201: schemas.Done}, summary="Set a team up"
)
@scoped("cases:write")
def create_team(request: HttpRequest, area_id: UUID, given: schemas.TeamIn) -> Any:
    """Set a team up in a patrol area."""
    data = TeamData(**given.dict())
    made = found_team(area_id, data, actor=actor_of(request), at=timezone.now())
    return Status(201, {"id": made.id})


@router.post(
    "/patrol/teams/{uuid:team_id}/members", response={201: schemas.Done}, summary="Take a member in"
)
@scoped("cases:write")
def create_member(request: HttpRequest, team_id: UUID, given: schemas.MemberIn) -> Any:
    """Take a person with a role in the team's unit into the team."""
    made = enrol_member(
        team_id, given.user, skills=given.skills, actor=actor_of(request), at=timezone.now()
    )
    return Status(201, {"id": made.id})


@router.post(
    "/patrol/areas/{uuid:area_id}/plans", response={201: schemas.PlanOut}, summary="Plan a roster"
)
@scoped("cases:write")
def create_plan(request: HttpRequest, area_id: UUID, given: schemas.PlanIn) -> Any:
    """Make a draft; what can't be met stands in ``open_needs`` with the reasons."""
    made = plan_roster(area_id, **given.dict(), actor=actor_of(request), at=timezone.now())
    return Status(201, made)


@router.post(
    "/patrol/plans/{uuid:plan_id}/publish", response=schemas.PlanOut, summary="Publish a roster"
)
@scoped("cases:write")
def publish(request: HttpRequest, plan_id: UUID, given: schemas.VersionIn) -> Any:
    """Let a draft stand."""
    return publish_roster(plan_id, actor=actor_of(request), at=timezone.now(), seen=given.version)


@router.post("/patrol/plans/{uuid:plan_id}/drop", response={204: None}, summary="Drop a draft")
@scoped("cases:write")
def drop(request: HttpRequest, plan_id: UUID, given: schemas.VersionIn) -> Any:
    """Give a draft up."""
    drop_roster(plan_id, actor=actor_of(request), at=timezone.now(), seen=given.version)
    return Status(204, None)


@router.post(
    "/patrol/areas/{uuid:area_id}/routes", response=list[schemas.RouteOut], summary="Make routes"
)
@scoped("cases:write")
def create_routes(request: HttpRequest, area_id: UUID, given: schemas.NightIn) -> Any:
    """Make the routes of all teams of a shift."""
    made = make_routes(
        area_id, day=given.date, pattern=given.pattern, actor=actor_of(request), at=timezone.now()
    )
    return [route_out(one) for one in made]


@router.post("/patrol/wishes", response={201: schemas.Done}, summary="Wish to be off")
@scoped("cases:write")
def create_wish(request: HttpRequest, given: schemas.DayIn) -> Any:
    """Wish to be off on a day."""
    made = wish_off(given.date, actor=actor_of(request), at=timezone.now())
    return Status(201, {"id": made.id})


@router.post("/patrol/wishes/back", response={204: None}, summary="Take a wish back")
@scoped("cases:write")
def drop_wish(request: HttpRequest, given: schemas.DayIn) -> Any:
    """Take a wish back that has not been decided on."""
    take_wish_back(given.date, actor=actor_of(request), at=timezone.now())
    return Status(204, None)


@router.post("/patrol/swaps", response={201: schemas.Done}, summary="Ask for a swap")
@scoped("cases:write")
def create_swap(request: HttpRequest, given: schemas.SwapIn) -> Any:
    """Ask somebody to go in one's place."""
    made = swap.ask_swap(
        given.seat, other=given.other, takes=given.takes, actor=actor_of(request),
        at=timezone.now(),
    )  # fmt: skip
    return Status(201, {"id": made.id})


_SWAPS: dict[str, Callable[..., Any]] = {
    "agree": swap.agree_swap, "grant": swap.grant_swap, "refuse": swap.refuse_swap,
    "withdraw": swap.withdraw_swap,
}  # fmt: skip


def _operation(verb: str) -> Callable[..., Any]:
    action = _SWAPS[verb]

    def operation(request: HttpRequest, swap_id: UUID) -> Any:
        return {"id": action(swap_id, actor=actor_of(request), at=timezone.now()).id}

    operation.__name__ = f"{verb}_swap"
    operation.__doc__ = action.__doc__
    return operation


for _verb in _SWAPS:
    router.post(
        f"/patrol/swaps/{{uuid:swap_id}}/{_verb}",
        response=schemas.Done,
        summary=f"{_verb.capitalize()} a swap",
        operation_id=f"patrol_swap_{_verb}",
    )(scoped("cases:write")(_operation(_verb)))
