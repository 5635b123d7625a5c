"""Extend: the handler asks the level above for more time."""

import pytest

from linli.cases.models import Extension
from linli.cases.tests.desk import Desk, text_of


def test_asking_moves_nothing_yet(desk: Desk) -> None:
    case = desk.at("handling")
    after = desk.done("mediator", case, "extend", days=5, note="等司法鉴定")
    assert after.due_at == case.due_at
    assert Extension.objects.get(case=case).days == 5
    assert "extend" not in desk.offered_to("mediator", after)


@pytest.mark.parametrize(("days", "note"), [(0, "等"), (61, "等"), ("x", "等"), (5, "")])
def test_nonsense_is_refused_and_kept(desk: Desk, days: object, note: str) -> None:
    answer = desk.post("mediator", desk.at("handling"), "extend", days=days, note=note)
    assert answer.status_code == 422
    assert f'value="{days}"' in text_of(answer)


def test_nobody_asks_twice(desk: Desk) -> None:
    assert (
        desk.post("mediator", desk.at("asking"), "extend", days=2, note="再等").status_code == 409
    )
