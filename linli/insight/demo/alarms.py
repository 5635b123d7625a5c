"""A few alarms of today: one rings, one is looked after, the others are over. All are invented."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.alarms.actions.answer import answer_alarm
from linli.alarms.actions.reset import mark_false, reset_alarm
from linli.alarms.actions.take import Report, take_signal
from linli.alarms.choices import Kind, Source
from linli.alarms.models import Alarm
from linli.insight.demo.places import CITY
from linli.kernel.working_days import local_date
from linli.premises.models import Device

_MINUTE = timedelta(minutes=1)
INVENTED = "演示数据，纯属虚构。"
# Minutes ago, what, where it is when no device says so, what was told, test, and what became of it.
_CALLS = (
    (2, Kind.ONE_KEY, "620302003002", "", False, ""),
    (9, Kind.HELP, "620302006001", "来电：楼道里有人摔倒，起不来。", False, "answered"),
    (41, Kind.ONE_KEY, "620302004001", "每月测试。", True, "reset"),
    (96, Kind.GAS, "620302003001", "来电：楼下饭馆有燃气味。", False, "reset"),
    (187, Kind.ONE_KEY, "620321100001", "", False, "false"),
)
_REASONS = {
    "reset": "网格员到场查看，已处置。演示数据。",
    "false": "门卫清洁时误触，已电话核实。演示数据。",
}


def alarms(now: datetime) -> None:
    """Raise them in the order in which they came, and let the city's dispatcher do the rest."""
    user = User.objects.get(username=f"dispatcher-{CITY}")
    dispatcher = actor_of(user.pk, local_date(now))
    if dispatcher is None:
        raise LookupError("the demo has no dispatcher")
    devices = list(Device.objects.filter(kind="one_key_alarm").order_by("serial", "id")[:20])
    for number, (minutes, kind, area, text, test, then) in enumerate(reversed(_CALLS)):
        at = now - minutes * _MINUTE
        device = devices[number] if kind == Kind.ONE_KEY and number < len(devices) else None
        report = _report(number, kind, area, at, text=text, test=test, device=device)
        _then(take_signal(report, at=at).alarm, then, dispatcher, at)
    # Nobody sits in the demo: its telephones are not rung until somebody does.
    Alarm.objects.update(due_at=None)


def _report(
    number: int, kind: str, area: str, at: datetime, *, text: str, test: bool, device: Device | None
) -> Report:
    key = f"demo:{number}"
    premises = device.premises if device else None
    return Report(
        key=key, digest=hashlib.sha256(key.encode()).digest(),
        source=Source.HTTP if device else Source.CALL, kind=kind,
        area=device.area_id if device else area, raised_at=at,
        premises=premises.id if premises else None, device=device.id if device else None,
        place=f"{premises.name if premises else ''} {device.name}".strip() if device else "",
        latitude=device.latitude if device else None,
        longitude=device.longitude if device else None, is_test=test, text=f"{text}{INVENTED}",
    )  # fmt: skip


def _then(alarm: UUID, what: str, dispatcher: Actor, at: datetime) -> None:
    if not what:
        return
    if what == "false":
        mark_false(alarm, note=_REASONS[what], actor=dispatcher, at=at + 3 * _MINUTE)
        return
    answer_alarm(alarm, actor=dispatcher, at=at + timedelta(seconds=14))
    if what == "reset":
        reset_alarm(alarm, note=_REASONS[what], actor=dispatcher, at=at + 22 * _MINUTE)
