"""Whatever the page offers can be done, and whatever can be done is offered, to everybody."""

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from linli.accounts.scope import acting
from linli.cases.actions.withdraw import withdraw_case
from linli.cases.models import Case
from linli.cases.policy import RULES
from linli.cases.queries.offers import BY_CLOCK
from linli.cases.tests.desk import EVERYBODY, STATES, Desk, key_of
from linli.cases.web.verbs import PAGES
from linli.kernel.errors import Refused
from tests.cast import BEIJING_ROAD, CITY, COUNTY, GRID, LONGMENLI


class _Back(Exception):
    """Undoes what was tried."""


def test_the_table_of_pages_has_every_verb_a_person_can_do() -> None:
    assert set(PAGES) == set(RULES) - BY_CLOCK


def _arguments(desk: Desk, case: Case, name: str) -> dict[str, dict[str, Any]]:
    cast = desk.cast
    actor = cast.actor(name)
    # A unit this person reaches, and a colleague in the unit that holds the case.
    own = next((code for code in (CITY, COUNTY, BEIJING_ROAD, LONGMENLI, GRID)
                if actor.reaches(code, [role.kind for role in actor.roles])), LONGMENLI)  # fmt: skip
    colleague = {BEIJING_ROAD: "director", LONGMENLI: "second_mediator"}[case.holder.area_id]
    noted = {
        verb: {"note": "因为"} if "note" in page.form.base_fields else {}
        for verb, page in PAGES.items()
    }
    special = {
        "designate": {"unit": cast.posts[own].id, "note": "定了"},
        "refer": {"destination": "court", "note": "请向法院起诉"},
        "merge": {"into": desk.other.id},  # type: ignore[attr-defined]
        "follow_up": {"way": "visit", "satisfaction": 4, "recurred": False},
        "extend": {"days": 3, "note": "等鉴定"},
        "assist": {"unit": cast.justice.id},
        "hand_over": {"handler": key_of(cast.actor(colleague))},
        "classify": {"difficulty": "complex"},
    }
    return noted | special


@pytest.mark.parametrize("state", STATES)
def test_offered_means_possible(desk: Desk, state: str) -> None:
    case = desk.at(state)
    for name in EVERYBODY:
        actor = desk.cast.actor(name)
        offered = desk.offered_to(name, case)
        # The other case of a merger has to be seen by the same person.
        desk.other = desk.at("assigned", title="另一件")  # type: ignore[attr-defined]
        arguments = _arguments(desk, case, name)
        possible = set()
        for verb, page in PAGES.items():
            try:
                with transaction.atomic(), acting(actor):
                    page.act(case.id, actor=actor, at=timezone.now(), **arguments[verb])
                    raise _Back
            except _Back:
                possible.add(verb)
            except Refused:
                pass
        assert offered == possible, name


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_form_opens_for_what_is_offered_and_for_nothing_else(desk: Desk, name: str) -> None:
    case = desk.at("handling")
    offered = desk.offered_to(name, case)
    seen = desk.client(name).get(f"/cases/{case.id}/").status_code == 200
    for verb in PAGES:
        answer = desk.client(name).get(f"/cases/{case.id}/{verb}/")
        usual = (200,) if verb in offered else (403, 409)
        assert answer.status_code in (usual if seen else (200, 404)), (name, verb)


def test_an_ended_case_offers_nothing(desk: Desk) -> None:
    case = desk.do("mediator", withdraw_case, desk.at("handling"), note="不要了")
    assert all(not desk.offered_to(name, case) for name in EVERYBODY)
