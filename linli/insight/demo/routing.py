"""The demo's routing rules: five of the city, three of a street, switched on by those who may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.insight.demo.places import CITY
from linli.insight.demo.staff import City
from linli.kernel.working_days import local_date
from linli.routing.actions.draft import draft_rules
from linli.routing.actions.switch_on import switch_on
from linli.routing.actions.write_rule import Wording, write_rule

STREET, JINCHUAN, YONGCHANG = "620302003", "620302", "620321"
# They are older than the open matters, which were sent before by people.
_AGE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Said:
    """A rule: its place, the area and the field of the department it leads to, and the rest.

    Without a field it leads to the centre of the area; ``person`` is a sign-in name.
    """

    place: str
    to: str
    field: str
    why: str
    person: str = ""
    given: tuple[tuple[str, Any], ...] = ()


def _where(**given: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(given.items())


_WAGES = "欠薪由人社部门依法先行处理，时限短。"
_DANGER = "危及生命财产的，先报公安，十五分钟内接收。"
RULES: dict[str, tuple[str, tuple[Said, ...]]] = {
    CITY: (
        f"administrator-{CITY}",
        (
            Said(JINCHUAN, JINCHUAN, "police", _DANGER, given=_where(urgencies=("danger",))),
            Said(YONGCHANG, YONGCHANG, "police", _DANGER, given=_where(urgencies=("danger",))),
            Said(JINCHUAN, JINCHUAN, "labour", _WAGES, given=_where(categories=("wages",))),
            Said(YONGCHANG, YONGCHANG, "labour", _WAGES, given=_where(categories=("wages",))),
            Said(
                JINCHUAN, JINCHUAN, "health", "医疗纠纷须由卫健部门先行核查。",
                given=_where(categories=("medical",)),
            ),
        ),
    ),
    STREET: (
        f"director-{STREET}",
        (
            Said(
                STREET, STREET, "", "夜间和休息日停水停电停气停暖，由值班调度员直接接收。",
                person=f"dispatcher-{STREET}",
                given=_where(urgencies=("utility",), hours="outside"),
            ),
            Said(
                STREET, STREET, "justice", "司法所常驻中心，法律咨询当场答复。",
                given=_where(categories=("law_question",)),
            ),
            Said(
                STREET, STREET, "police", "治安事件由派出所处置。",
                given=_where(categories=("public_order",)),
            ),
        ),
    ),
}  # fmt: skip


def rules(city: City, now: datetime) -> None:
    """Write the rules and switch them on, through the same actions as people do."""
    at = now - _AGE
    for area, (author, said) in RULES.items():
        actor = _actor(author, now)
        draft_rules(area, actor=actor, at=at)
        for one in said:
            write_rule(area, _wording(city, one), actor=actor, at=at)
        switch_on(area, actor=actor, at=at)


def _actor(username: str, now: datetime) -> Actor:
    actor = actor_of(
        User.objects.values_list("id", flat=True).get(username=username), local_date(now)
    )
    if actor is None:
        raise RuntimeError(f"{username} may not sign in")
    return actor


def _wording(city: City, said: Said) -> Wording:
    desk = city.departments[said.to][said.field] if said.field else city.posts[said.to]
    person = User.objects.get(username=said.person).id if said.person else None
    return Wording(
        place=said.place, unit=desk.id, handler=person, why=said.why, **dict(said.given)
    )  # fmt: skip
