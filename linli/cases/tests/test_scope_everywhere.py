"""Scope, twice: whatever the areas, the actor and the cases, nothing outside ever comes back.

Examples are made at random. The app's filter, row security and a plain rule written here once more
must agree; then every list, search, map, export and child table is asked.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.accounts.actor import AREA_REACHING, CASELESS, Actor, HeldRole
from linli.accounts.models import RoleKind, User
from linli.accounts.scope import acting
from linli.areas.models import Unit
from linli.cases.actions.parties import PartyData, sealed_party
from linli.cases.models import (
    Attachment,
    Case,
    Clock,
    Event,
    Extension,
    FollowUp,
    Link,
    Note,
    Placement,
    Reason,
)
from linli.cases.policy import visible_to
from linli.cases.queries.export import exported
from linli.cases.queries.listing import page, total
from linli.cases.queries.persons import parties_named
from linli.cases.queries.points import points
from linli.cases.queries.selection import BY_DEADLINE, Selection
from tests.cast import AREAS, TUESDAY, Cast, make_areas, make_case, make_cast

CODES = sorted(code for code in AREAS if len(code) > 2)
PERSON = "端木无名"


@dataclass(frozen=True)
class Placed:
    """A case is with the unit of an area (its post, or the department there), or was."""

    area: str
    department: bool
    part: str
    ended: bool


@dataclass(frozen=True)
class Drawn:
    """A case to be made."""

    area: str
    state: str
    days: int
    placed: list[Placed]


@dataclass
class World:
    """What an example was made of."""

    posts: dict[str, Unit]
    departments: dict[str, Unit]
    user: User
    units_of: dict[UUID, set[UUID]] = field(default_factory=dict)

    def unit(self, area: str, *, department: bool) -> Unit:
        """Return the post or the department of an area."""
        return (self.departments if department else self.posts)[area]


placed = st.builds(
    Placed,
    area=st.sampled_from(CODES),
    department=st.booleans(),
    part=st.sampled_from(["lead", "helper", "intake"]),
    ended=st.booleans(),
)
drawn = st.builds(
    Drawn,
    area=st.sampled_from(CODES),
    state=st.sampled_from(["registered", "handling", "suspended", "withdrawn"]),
    days=st.integers(0, 3),
    placed=st.lists(placed, max_size=3),
)
role = st.tuples(st.sampled_from(RoleKind.values), st.sampled_from(CODES), st.booleans())


def expected(world: World, actor: Actor, cases: list[Case]) -> set[UUID]:
    """Return what the actor may see, by the rule as the domain says it."""
    found = set()
    for case in cases:
        reached = any(
            role.kind in AREA_REACHING and case.area_id[: len(role.area)] == role.area
            for role in actor.roles
        )
        mine = {role.unit for role in actor.roles if role.kind not in CASELESS}
        if reached or world.units_of[case.id] & mine:
            found.add(case.id)
    return found


def make(world: World, number: int, one: Drawn) -> Case:
    """Save a case with one row in every table that hangs on a case."""
    at = TUESDAY - timedelta(days=one.days)
    is_open = one.state != "withdrawn"
    case = Case.objects.create(
        number=f"6203-2026-{number:06d}", kind="dispute", title=f"漏水纠纷{number}", channel="window",
        area_id=one.area, state=one.state, holder=world.posts[CODES[0]], level="city",
        opened_at=at, due_at=at + timedelta(days=2) if is_open else None,
        latitude=38.5, longitude=102.1,
    )  # fmt: skip
    world.units_of[case.id] = set()
    seen = set()
    for place in one.placed:
        unit = world.unit(place.area, department=place.department)
        key = "lead" if place.part == "lead" else (unit.id, place.part)
        if not place.ended and key in seen:
            continue
        until = at if place.ended else None
        Placement.objects.create(case=case, unit=unit, part=place.part, since=at, until=until)
        if not place.ended:
            seen.add(key)
            world.units_of[case.id].add(unit.id)
    return case


def hang_on(world: World, case: Case, other: Case) -> None:
    """Save one row of each child table."""
    for make_child in CHILDREN.values():
        make_child(world, case, other)


def _event(world: World, case: Case, other: Case) -> None:
    Event.objects.create(
        case=case, verb="register", at=TUESDAY, to_state="registered", unit=case.holder
    )


def _note(world: World, case: Case, other: Case) -> None:
    Note.objects.create(event=Event.objects.filter(case=case)[0], case=case, text="x")


def _party(world: World, case: Case, other: Case) -> None:
    sealed_party(case, PartyData(role="applicant", name=PERSON)).save(force_insert=True)


def _attachment(world: World, case: Case, other: Case) -> None:
    Attachment.objects.create(
        case=case, name="a", content_type="x", size=1, sha256="0", added_at=TUESDAY
    )


def _clock(world: World, case: Case, other: Case) -> None:
    Clock.objects.create(
        case=case, kind="level", amount=1, unit="minutes", started_at=TUESDAY, warn_at=TUESDAY,
        due_at=TUESDAY,
    )  # fmt: skip


CHILDREN: dict[str, Callable[[World, Case, Case], object]] = {
    "Event": _event,
    "Note": _note,
    "Party": _party,
    "Attachment": _attachment,
    "Clock": _clock,
    "Reason": lambda _w, case, _o: Reason.objects.create(case=case, text="x"),
    "Extension": lambda _w, case, _o: Extension.objects.create(case=case, days=1, asked_at=TUESDAY),
    "FollowUp": lambda _w, case, _o: FollowUp.objects.create(
        case=case, at=TUESDAY, way="phone", satisfaction=5
    ),
    "Link": lambda _w, case, other: (
        case == other or Link.objects.create(case=case, other=other, kind="related")
    ),
}


def child_models() -> Iterator[type[models.Model]]:
    """Give every table of cases that points to a case, also one that is added later."""
    for model in apps.get_app_config("cases").get_models():
        pointing = [f for f in model._meta.concrete_fields if f.related_model is Case]
        if model is not Case and pointing:
            yield model


class ScopeEverywhere(TestCase):  # type: ignore[misc]
    """One city, and at random: who asks, and what there is."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Make the places, each with its post and a department."""
        posts = make_areas()
        departments = {
            code: Unit.objects.create(area_id=code, kind="department", field="police", name=code)
            for code in CODES
        }
        user = User.objects.create_user(username="anybody", name="anybody")
        cls.world = World(posts, departments, user)

    @settings(
        max_examples=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=True,
    )
    @given(roles=st.lists(role, min_size=1, max_size=3), cases=st.lists(drawn, max_size=7))
    def test_nothing_outside_comes_back(
        self, roles: list[tuple[str, str, bool]], cases: list[Drawn]
    ) -> None:
        """Ask everything there is to ask."""
        world = self.world
        world.units_of.clear()
        held = tuple(
            HeldRole(
                kind, area, None if kind in CASELESS else world.unit(area, department=department).id
            )
            for kind, area, department in roles
        )
        actor = Actor(user_id=world.user.id, name="anybody", roles=held)
        made = [make(world, number, one) for number, one in enumerate(cases)]
        for case, other in zip(made, [*made[1:], *made[:1]], strict=True):
            hang_on(world, case, other)
        seen = expected(world, actor, made)
        assert set(Case.objects.filter(visible_to(actor)).values_list("id", flat=True)) == seen
        with acting(actor):
            check_cases(seen)
            check_lists(actor, made, seen)
            check_children(actor, seen)


def check_cases(seen: set[UUID]) -> None:
    """A query that forgets its filter, and one in plain SQL."""
    assert set(Case.objects.values_list("id", flat=True)) == seen
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case")
        assert {row[0] for row in cursor.fetchall()} == seen
        cursor.execute("SELECT count(*) FROM cases_case WHERE title LIKE %s", ["%漏水%"])
        assert cursor.fetchone()[0] == len(seen)


def check_lists(actor: Actor, made: list[Case], seen: set[UUID]) -> None:
    """Lists in both orders, with words and areas; map; export; people."""
    running = {case.id for case in made if case.due_at and case.id in seen}
    for words in ("", "漏水"):
        for order, wanted in (("newest", seen), (BY_DEADLINE, running)):
            selection = Selection(words=words, order=order)
            shown = page(actor, selection, now=TUESDAY)
            assert [row.id for row in shown.rows] == list(dict.fromkeys(r.id for r in shown.rows))
            assert {row.id for row in shown.rows} == wanted
            assert total(actor, selection, shown, TUESDAY).number == len(wanted)
        selection = Selection(words=words, state="handling", area=CODES[2])
        inside = {
            case.id
            for case in made
            if case.id in seen and case.state == "handling" and case.area_id.startswith(CODES[2])
        }
        assert {row.id for row in page(actor, selection, now=TUESDAY).rows} == inside
        told = json.loads(points(actor, Selection(words=words), TUESDAY))
        assert {UUID(point[4]) for point in told["points"]} == seen
        numbers = [row.number for row in exported(actor, Selection(words=words), TUESDAY)]
        assert sorted(numbers) == sorted(case.number for case in made if case.id in seen)
    assert {party.case_id for party in parties_named(actor, "name", PERSON)} == seen


def check_children(actor: Actor, seen: set[UUID]) -> None:
    """Each table that hangs on a case shows the rows of visible cases, all of them, and no others.

    A unit also keeps the placements that say what passed through it.
    """
    for model in child_models():
        rows: Any = model._default_manager.all()
        if model is Placement:
            assert {row.case_id for row in rows if row.unit_id not in actor.units} <= seen
            assert set(actor.units) >= {row.unit_id for row in rows if row.case_id not in seen}
            continue
        found = set(rows.values_list("case", flat=True))
        assert model.__name__ in CHILDREN, f"{model.__name__}: say above how one is made"
        assert found == seen or (model is Link and found <= seen), model.__name__


@pytest.mark.django_db
def test_every_page_of_a_case_is_closed_to_those_outside() -> None:
    cast = make_cast()
    far = make_case(cast, title="看不到的事项", area="620302006001", by="neighbour_clerk")
    near = make_case(cast, title="看得到的事项")
    pages = ("", "print/", "receipt/", "point.json", "progress/", "parties/", "files/")
    for name in ("clerk", "mediator", "officer", "grid_worker", "auditor", "administrator"):
        client = signed_in(cast, name)
        for ending in pages:
            answer = client.get(f"/cases/{far.id}/{ending}")
            assert answer.status_code in (403, 404, 405), (name, ending)
            assert "看不到的事项" not in answer.text
        for address in ("/cases/", "/cases/?q=看不", "/map/points.json", f"/cases/?q={far.number}"):
            answer = client.get(address)
            assert "看不到的事项" not in answer.text, (name, address)
            assert str(far.id) not in answer.text, (name, address)
        for address in (f"/api/v1/cases/{far.id}", f"/api/v1/cases/{far.id}/timeline"):
            assert client.get(address).status_code in (401, 403, 404), (name, address)
    assert "看得到的事项" in signed_in(cast, "clerk").get(f"/cases/{near.id}/").text


@pytest.mark.django_db
def test_a_statement_without_any_condition_changes_only_what_is_seen() -> None:
    cast = make_cast()
    far = make_case(cast, title="看不到的事项", area="620302006001", by="neighbour_clerk")
    near = make_case(cast, title="看得到的事项")
    with acting(cast.actor("clerk")), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET place = '改'")
        assert cursor.rowcount == 1
        cursor.execute("DELETE FROM cases_clock")
    far.refresh_from_db()
    near.refresh_from_db()
    assert (near.place, far.place != "改") == ("改", True)
    assert Clock.objects.filter(case=far).exists()
    assert not Clock.objects.filter(case=near).exists()


def signed_in(cast: Cast, name: str) -> Client:
    """Return a browser in which a person has signed in."""
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(cast.users[name], backend="linli.accounts.backend.RoleBackend")
    return client
