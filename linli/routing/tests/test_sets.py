"""Drafts and versions: written, ordered, switched on as a whole, brought back; who may, and the log."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import transaction

from linli.areas.models import Unit
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted, Stale
from linli.routing.actions.draft import discard_draft, draft_rules
from linli.routing.actions.move_rule import move_rule
from linli.routing.actions.remove_rule import remove_rule
from linli.routing.actions.switch_on import roll_back, switch_on
from linli.routing.actions.write_rule import write_rule
from linli.routing.models import Rule, RuleSet
from linli.routing.queries import where_to
from linli.routing.queries.sets import draft_of, set_of
from linli.routing.tests.rules import matter, put_on, worded, write
from tests.cast import (
    BEIJING_ROAD,
    CITY,
    COUNTY,
    GUANGZHOU_ROAD,
    LONGMENLI,
    TUESDAY,
    Cast,
)

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    found = Entry.objects.filter(event__startswith="routing.").order_by("id")
    return [entry.event.removeprefix("routing.") for entry in found]


def order(area: str = CITY) -> list[str]:
    draft = draft_of(area)
    return [rule.why for rule in Rule.objects.filter(set=draft).order_by("position")]


def test_nothing_changes_until_the_set_is_switched_on_as_a_whole(cast: Cast) -> None:
    put_on(cast, worded(cast.justice.id))
    first = set_of(CITY)
    assert first
    draft = draft_rules(CITY, actor=cast.actor("administrator"), at=TUESDAY)
    assert draft.rules.get().unit == cast.justice
    rule = draft.rules.get()
    actor = cast.actor("administrator")
    write_rule(CITY, worded(cast.posts[CITY].id), actor=actor, at=TUESDAY, rule_id=rule.id)
    route = where_to(matter(), TUESDAY)
    assert route
    assert route.unit == cast.justice
    later = TUESDAY + timedelta(hours=1)
    switch_on(CITY, actor=actor, at=later)
    route = where_to(matter(), TUESDAY)
    assert route
    assert route.unit == cast.posts[CITY]
    first.refresh_from_db()
    assert first.switched_off_at == later
    assert first.rules.get().unit == cast.justice
    assert events() == ["draft", "write_rule", "switch_on", "draft", "write_rule", "switch_on"]


def test_a_former_version_comes_back_as_a_new_one(cast: Cast) -> None:
    first = put_on(cast, worded(cast.justice.id, why="司法所"))
    second = put_on(cast, worded(cast.posts[CITY].id, kinds=("hazard",)))
    actor = cast.actor("administrator")
    with pytest.raises(Stale):
        roll_back(CITY, 1, actor=actor, at=TUESDAY, instead_of=first.id)
    with pytest.raises(IllegalMove):
        roll_back(CITY, 2, actor=actor, at=TUESDAY, instead_of=second.id)
    with pytest.raises(NotFound):
        roll_back(CITY, 9, actor=actor, at=TUESDAY, instead_of=second.id)
    third = roll_back(CITY, 1, actor=actor, at=TUESDAY, instead_of=second.id)
    assert (third.number, [rule.why for rule in third.rules.all()]) == (3, ["司法所"])
    assert set_of(CITY) == third
    assert where_to(matter(kind="hazard", category=None), TUESDAY).number == "3.1"  # type: ignore[union-attr]
    assert RuleSet.objects.filter(switched_off_at=None).count() == 1


def test_rules_are_moved_and_removed(cast: Cast) -> None:
    rules = [write(cast, worded(cast.justice.id, why=why)) for why in "abcd"]
    actor = cast.actor("administrator")
    move_rule(CITY, rules[3].id, position=2, actor=actor, at=TUESDAY)
    assert order() == ["a", "d", "b", "c"]
    move_rule(CITY, rules[0].id, position=9, actor=actor, at=TUESDAY)
    assert order() == ["d", "b", "c", "a"]
    remove_rule(CITY, rules[1].id, actor=actor, at=TUESDAY)
    assert order() == ["d", "c", "a"]
    assert [rule.position for rule in draft_of(CITY).rules.order_by("position")] == [1, 2, 3]  # type: ignore[union-attr]
    discard_draft(CITY, actor=actor, at=TUESDAY)
    assert draft_of(CITY) is None
    assert not Rule.objects.exists()


def test_nobody_acts_on_a_draft_they_did_not_see(cast: Cast) -> None:
    rule = write(cast, worded(cast.justice.id))
    draft, actor = draft_of(CITY), cast.actor("administrator")
    assert draft
    seen = draft.version
    write_rule(CITY, worded(cast.justice.id), actor=actor, at=TUESDAY, seen=seen)
    for act in (
        lambda: write_rule(CITY, worded(cast.justice.id), actor=actor, at=TUESDAY, seen=seen),
        lambda: move_rule(CITY, rule.id, position=2, actor=actor, at=TUESDAY, seen=seen),
        lambda: remove_rule(CITY, rule.id, actor=actor, at=TUESDAY, seen=seen),
        lambda: switch_on(CITY, actor=actor, at=TUESDAY, seen=seen),
        lambda: discard_draft(CITY, actor=actor, at=TUESDAY, seen=seen),
        lambda: draft_rules(CITY, actor=actor, at=TUESDAY),
    ):
        with pytest.raises(Stale), transaction.atomic():
            act()
    switch_on(CITY, actor=actor, at=TUESDAY, seen=seen + 1, instead_of=None)


@pytest.mark.parametrize(
    ("name", "area", "may"),
    [
        ("administrator", CITY, True),
        ("administrator", LONGMENLI, True),
        ("director", BEIJING_ROAD, True),
        ("director", LONGMENLI, True),
        ("director", GUANGZHOU_ROAD, False),
        ("director", COUNTY, False),
        ("county_director", BEIJING_ROAD, True),
        ("clerk", BEIJING_ROAD, False),
        ("auditor", CITY, False),
        ("administrator", "62", False),
        ("administrator", "1101", False),
    ],
)
def test_who_writes_for_which_area(cast: Cast, name: str, area: str, may: bool) -> None:
    if may:
        assert draft_rules(area, actor=cast.actor(name), at=TUESDAY).area_id == area
    else:
        with pytest.raises((NotPermitted, NotFound)):
            draft_rules(area, actor=cast.actor(name), at=TUESDAY)


def test_rules_lead_no_further_than_their_area(cast: Cast) -> None:
    for unit in (cast.posts[GUANGZHOU_ROAD], cast.posts[COUNTY]):
        with pytest.raises(Invalid) as refused:
            write(
                cast, worded(unit.id, place=BEIJING_ROAD), area=BEIJING_ROAD, by="director"
            )  # fmt: skip
        assert set(refused.value.fields) == {"unit"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"place": "62"}, "place"),
        ({"place": "620399"}, "place"),
        ({"kinds": ("quarrel",)}, "kinds"),
        ({"categories": ("nonsense",)}, "categories"),
        ({"urgencies": ("soon",)}, "urgencies"),
        ({"channels": ("pigeon",)}, "channels"),
        ({"hours": "always"}, "hours"),
        ({"hours": "own"}, "hours"),
        ({"hours": "own", "weekdays": (8,)}, "weekdays"),
        ({"hours": "own", "days": "most"}, "days"),
        ({"hours": "own", "since": time(8), "until": time(8)}, "until"),
        ({"starts": date(2026, 3, 2), "ends": date(2026, 3, 1)}, "ends"),
        ({"why": "x" * 301}, "why"),
    ],
)
def test_what_cannot_be_meant_is_refused(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        write(cast, worded(cast.justice.id, **given))
    assert field in refused.value.fields
    assert not Rule.objects.exists()


def test_targets_must_be_there(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        write(cast, worded(cast.justice.id, handler=cast.users["clerk"].id))
    assert "handler" in refused.value.fields
    rule = write(cast, worded(cast.justice.id))
    Unit.objects.filter(pk=cast.justice.id).update(closed_on=date(2026, 3, 1))
    with pytest.raises(Invalid):
        switch_on(CITY, actor=cast.actor("administrator"), at=TUESDAY)
    remove_rule(CITY, rule.id, actor=cast.actor("administrator"), at=TUESDAY)
    switch_on(CITY, actor=cast.actor("administrator"), at=TUESDAY)
