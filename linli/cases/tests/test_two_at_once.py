"""Two officers act on one case at the same moment: one wins, the other is told what happened."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from linli.accounts.scope import acting
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.merge import merge_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.return_ import return_case
from linli.cases.models import Case
from linli.cases.tests.desk import Desk, told
from linli.kernel.errors import IllegalMove, Invalid, NotFound, Refused, Stale
from tests.cast import make_cast

type Deed = tuple[str, Callable[..., Any], Case, dict[str, Any]]


def at_once(desk: Desk, *deeds: Deed) -> list[Refused | None]:
    """Do all deeds at the same moment, each on its own connection; return who was refused."""
    barrier, outcomes = Barrier(len(deeds)), [None] * len(deeds)  # type: list[Refused | None]

    def run(place: int, deed: Deed) -> None:
        name, act, case, arguments = deed
        actor = desk.cast.actor(name)
        barrier.wait()
        try:
            with acting(actor):
                act(case.id, actor=actor, at=timezone.now(), **arguments)
        except Refused as refusal:
            outcomes[place] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive(), "they wait for one another"
    return outcomes


@pytest.fixture
def committed(transactional_db: None) -> Desk:
    """Return a cast that other connections can see."""
    return Desk(make_cast())


def test_two_accept_and_one_is_told_who_was_first(committed: Desk) -> None:
    for _ in range(5):
        case = committed.at("assigned")
        seen = {"seen": case.version}
        both = [("mediator", accept_case, case, seen), ("second_mediator", accept_case, case, seen)]
        outcomes = at_once(committed, *both)  # type: ignore[arg-type]
        refused = [refusal for refusal in outcomes if refusal]
        assert len(refused) == 1
        assert isinstance(refused[0], Stale)
        winner = "mediator" if outcomes[0] is None else "second_mediator"
        assert winner in str(refused[0].reason)
        assert told(case) == ["register", "assign", "accept"]
        assert Case.objects.get(pk=case.id).handler == committed.cast.users[winner]


def test_one_returns_while_another_accepts(committed: Desk) -> None:
    case = committed.at("assigned")
    outcomes = at_once(
        committed,
        ("mediator", return_case, case, {"note": "不归我管"}),
        ("second_mediator", accept_case, case, {}),
    )
    # Accepted first, it is the other's and not to be returned; returned first, it is out of sight.
    refused = [refusal for refusal in outcomes if refusal]
    assert len(refused) == 1
    assert isinstance(refused[0], Refused)
    assert told(case)[-1] in ("return", "accept")


def test_resolved_twice_is_resolved_once(committed: Desk) -> None:
    case = committed.at("handling")
    deed = ("mediator", resolve_case, case, {"note": "好了"})
    refused = [refusal for refusal in at_once(committed, deed, deed) if refusal]
    assert len(refused) == 1
    assert isinstance(refused[0], IllegalMove)
    assert told(case).count("resolve") == 1


def test_merging_in_both_directions_ends_one_of_the_two(committed: Desk) -> None:
    first, second = committed.at("registered"), committed.at("registered")
    outcomes = at_once(
        committed,
        ("clerk", merge_case, first, {"into": second.id}),
        ("clerk", merge_case, second, {"into": first.id}),
    )
    refused = [refusal for refusal in outcomes if refusal]
    assert len(refused) == 1
    assert isinstance(refused[0], IllegalMove | Invalid)
    states = sorted(Case.objects.values_list("state", flat=True))
    assert states == ["merged", "registered"]


def test_two_desks_send_it_to_two_places(committed: Desk) -> None:
    case = committed.at("registered")
    seen = {"seen": case.version}
    outcomes = at_once(
        committed,
        ("clerk", assign_case, case, seen),
        ("director", assign_case, case, seen | {"unit": committed.cast.justice.id}),
    )
    refused = [refusal for refusal in outcomes if refusal]
    assert len(refused) == 1
    assert isinstance(refused[0], Stale | NotFound)
    assert case.placements.filter(part="lead", until=None).count() == 1
