"""A confidential tip becomes a case: registered by Linli itself, without a word of its giver."""

from datetime import datetime

from linli.accounts.actor import desk_actor
from linli.areas.queries import area as find_area
from linli.areas.queries import lowest_post
from linli.cases.actions.register import Matter, register_case
from linli.cases.choices import Channel
from linli.kernel.row_security import lent


def register_from_tip(*, kind: str, title: str, description: str, area: str, at: datetime) -> str:
    """Register the matter at the lowest desk of ``area`` and return its number.

    The case names neither the tip nor the unit that passed it on: who can see the case learns
    nothing of either.
    """
    post = lowest_post(find_area(area).code)
    desk = desk_actor(post.id, post.area_id)
    matter = Matter(
        kind=kind, title=title, description=description, area=area, channel=Channel.OTHER
    )
    with lent(desk.areas, desk.units, desk.user_id):
        return register_case(matter, actor=desk, at=at).number
