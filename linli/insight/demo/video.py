"""The demo's video: who is trained for it, and an incident before a camera. The picture shows nobody."""

from datetime import date, datetime, timedelta

from linli.accounts.models import Role, RoleKind
from linli.accounts.queries import actor_of
from linli.accounts.scope import acting
from linli.cameras.models import Camera, Training
from linli.cases.actions.register import Matter, register_case
from linli.insight.demo.places import CITY
from linli.kernel.working_days import local_date

TRAINED = (RoleKind.DISPATCHER, RoleKind.CENTRE_DIRECTOR)


def show(now: datetime) -> None:
    """Train the city's dispatcher and director, and register what has just happened."""
    roles = Role.objects.filter(area=CITY, kind__in=TRAINED).select_related("user").order_by("id")
    people = {role.kind: role.user for role in roles}
    today = local_date(now)
    for user in people.values():
        Training.objects.create(
            user=user, area=CITY, course="公共安全视频调阅规范（示例）",
            trained_on=today - timedelta(days=60), until=date(today.year + 1, 12, 31), at=now,
        )  # fmt: skip
    # Several of the centre's cameras stand at the same crossing.
    camera = Camera.objects.filter(of_centre=True, retired_on=None).order_by("code").first()
    dispatcher = people.get(RoleKind.DISPATCHER)
    actor = actor_of(dispatcher.id, today) if dispatcher else None
    if camera is None or actor is None:
        return
    happened = Matter(
        kind="incident", category="public_order", title="路口两人争执推搡（示例）",
        area=camera.area_id, channel="phone", place=camera.place or camera.name,
        latitude=camera.latitude + 0.0004, longitude=camera.longitude,
    )  # fmt: skip
    with acting(actor):
        register_case(happened, actor=actor, at=now - timedelta(minutes=12))
