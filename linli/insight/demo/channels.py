"""The demo's doors to other systems: a webhook at rest, a watched folder, tips for the police."""

from datetime import datetime, timedelta

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.areas.models import Unit
from linli.exchange.actions.pause import pause
from linli.exchange.actions.subscribe import Wish, subscribe
from linli.insight.demo.places import CITY
from linli.intake.actions.set_channel import add_source, switch_source
from linli.kernel.working_days import local_date
from linli.tips.actions.desks import set_tip_desk
from linli.tips.actions.give import TipData, give_tip
from linli.tips.choices import TipKind

COUNTIES = ("620302", "620321")
_FRAUD = (
    "最近有人在小区群里发“刷单返利”的二维码，先返几十元，后来要交八百元保证金。已经有两位老人转了钱，"
    "收款人都是同一个微信号。"
)
_SAFETY = "沿街一家小吃店把液化气罐放在地下室，白天也不通风，进出都能闻到气味，已经半个月了。"
_TIPS = (
    # What, where, in which place, how many hours ago.
    (TipKind.FRAUD, _FRAUD, "620302003", "龙首路一带的住宅小区", 5),
    (TipKind.SAFETY, _SAFETY, "620302006", "广州路商业街", 27),
)


def connections(now: datetime) -> None:
    """Connect what a newcomer looks for. Nothing is sent anywhere until somebody resumes it."""
    administrator = _administrator(now)
    at = now - timedelta(days=20)
    wish = Wish(
        name="市大数据平台", url="https://hooks.example.org/linli",
        patterns=["case.register", "case.resolve", "case.close"], area=CITY,
    )  # fmt: skip
    row, _secret = subscribe(wish, actor=administrator, at=at)
    pause(row.pk, actor=administrator, at=at)
    folder = {
        "name": "12345 热线每日导出", "area": CITY, "kind": "request", "directory": "12345",
        "mapping": "",
    }  # fmt: skip
    source, _token = add_source("folder", folder, actor=administrator, at=at)
    switch_source(source.pk, on=False, actor=administrator, at=at)
    for county in COUNTIES:
        police = Unit.objects.get(area=county, field="police", closed_on=None)
        for kind in TipKind:
            set_tip_desk(
                area=county, kind=kind, unit=police.pk, kept_days=180, actor=administrator, at=at
            )
    for kind, text, area, place, hours in _TIPS:
        told = TipData(kind=kind, text=text, area=area, place=place)
        give_tip(told, actor=None, at=now - timedelta(hours=hours))


def _administrator(now: datetime) -> Actor:
    user = User.objects.get(username=f"administrator-{CITY}")
    actor = actor_of(user.pk, local_date(now))
    if actor is None:
        raise LookupError(user.username)
    return actor
