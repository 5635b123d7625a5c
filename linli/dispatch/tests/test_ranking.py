"""The proposal as a function: nobody twice, nobody unavailable, nobody nearer left behind."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.dispatch import lifecycle
from linli.dispatch.queries.ranking import Candidate, Line, Need, against, lacks, propose, shortlist

KINDS = ["patrol", "emergency", "police"]
SKILLS = st.frozensets(st.sampled_from(["first_aid", "mediation", "search"]), max_size=2)
needs = st.builds(Need, kind=st.sampled_from(KINDS), count=st.integers(1, 3), skills=SKILLS)


@st.composite
def units(draw: st.DrawFn) -> list[Candidate]:
    made = []
    for n in range(draw(st.integers(0, 12))):
        kind = draw(st.sampled_from(KINDS))
        way = draw(st.sampled_from(["road", "none", ""]))
        made.append(
            Candidate(
                id=UUID(int=n), name=f"{n}", kind=kind, shared=kind == "police",
                status=draw(st.sampled_from(lifecycle.STATUSES)), skills=draw(SKILLS), way=way,
                seconds=draw(st.integers(1, 2000)) if way == "road" else None,
                declined=draw(st.booleans()),
            )
        )  # fmt: skip
    return made


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(needs, max_size=4), units())
def test_a_proposal_is_sound(wanted: list[Need], there: list[Candidate]) -> None:
    lines = propose(wanted, there)
    assert [line.need for line in lines] == wanted
    chosen = [one.unit for line in lines for one in line.chosen]
    assert len({unit.id for unit in chosen}) == len(chosen)
    for line in lines:
        _check(line, there, {unit.id for unit in chosen})


def _check(line: Line, there: list[Candidate], chosen: set[UUID]) -> None:
    assert len(line.chosen) + line.missing == line.need.count
    for one in line.chosen:
        assert one.unit.kind == line.need.kind
        assert against(one.unit) is None
        assert one.reasons
    for one in line.excluded:
        assert against(one.unit) is not None
    able = [u for u in there if u.kind == line.need.kind and against(u) is None]
    if line.missing:
        assert {unit.id for unit in able} <= chosen
    for last in line.chosen[-1:]:
        for other in line.others:
            rank = [
                (len(lacks(line.need, u)), u.seconds if u.seconds is not None else float("inf"))
                for u in (last.unit, other.unit)
            ]
            assert rank[0] <= rank[1]


def unit(n: int, **fields: object) -> Candidate:
    given: dict[str, object] = {"kind": "patrol", "way": "road", "seconds": 60.0 * n}
    return Candidate(id=UUID(int=n), name=f"第{n}队", **{**given, **fields})  # type: ignore[arg-type]


def test_who_has_what_is_asked_goes_before_who_is_nearer() -> None:
    aid = unit(5, skills=frozenset({"first_aid"}))
    plain, medic = propose(
        [Need("patrol", 1), Need("patrol", 1, frozenset({"first_aid"}))], [unit(3), aid, unit(1)]
    )
    assert [one.unit.id.int for one in plain.chosen] == [1]
    assert [one.unit.id.int for one in medic.chosen] == [5]
    assert medic.chosen[0].reasons[:2] == (("on_shift", ""), ("has", "first_aid"))
    assert [one.unit.id.int for one in plain.others] == [3]


def test_the_chosen_of_every_need_are_looked_at_before_the_spares_of_any() -> None:
    lines = propose(
        [Need("patrol", 1), Need("patrol", 1), Need("patrol", 1, frozenset({"first_aid"}))],
        [unit(n) for n in range(1, 9)] + [unit(9, skills=frozenset({"first_aid"}))],
    )
    assert [key.int for key in shortlist(lines, 3, 5)] == [1, 2, 9, 3, 4]


def test_who_is_there_already_counts() -> None:
    [line] = propose([Need("patrol", 2)], [unit(1, here=True, status="en_route"), unit(2), unit(3)])
    assert [one.id.int for one in line.already] == [1]
    assert [one.unit.id.int for one in line.chosen] == [2]
    assert line.missing == 0


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "off_duty"}, "off_duty"),
        ({"status": "out_of_service", "why_out": "修车"}, "out_of_service"),
        ({"status": "at_scene"}, "at_scene"),
        ({"declined": True}, "declined"),
        ({"way": "none", "seconds": None}, "no_way"),
    ],
)
def test_who_cannot_go_is_named_with_the_reason(fields: dict[str, object], reason: str) -> None:
    [line] = propose([Need("patrol", 1)], [unit(1, **fields)])
    assert (line.chosen, line.missing) == ((), 1)
    assert line.excluded[0].reasons[0][0] == reason
