"""All texts at once: the same rows as one by one, stopped and begun again, beside the worker."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from typer.testing import CliRunner

from linli.accounts.scope import acting
from linli.alike import tasks
from linli.alike.actions import keep_all as keeping
from linli.alike.actions.follow import catch_up, follow, look_again
from linli.alike.actions.keep_all import keep_all
from linli.alike.actions.keep_texts import keep_texts
from linli.alike.cli import app
from linli.alike.models import Mark, Solved, Text
from linli.cases.actions.parties import PartyData, erase_party
from linli.cases.models import Case, Party
from linli.cases.tests.desk import Desk
from tests.cast import make_cast

type Row = tuple[Any, ...]


def city(desk: Desk) -> list[Case]:
    """Return cases of every sort: open, solved, with people, high risk, erased, and consultations."""
    people = [PartyData(role="applicant", name="王建国", phone="13935612345")]
    cases = [
        desk.at("resolved", title=f"王建国家第{n}次漏水", parties=people, place="6号楼2单元")
        for n in range(3)
    ]
    cases += [
        desk.at("registered", title=f"路灯{n}不亮", latitude=38.5, longitude=102.1) for n in (1, 2)
    ]
    cases += [
        desk.at("resolved", kind="consultation", category=None),
        desk.at("resolved", title="动手打人"),
    ]
    Case.objects.filter(pk=cases[-1].pk).update(high_risk=True)
    cases.append(desk.at("resolved", title="李秀英家噪音", parties=people))
    director = desk.cast.actor("county_director")
    with acting(director):
        party = Party.objects.get(case=cases[-1])
        erase_party(party.id, reason="当事人要求", actor=director, at=timezone.now())
    return cases


def kept() -> tuple[list[Row], list[Row]]:
    """Return all that is kept."""
    texts = [(*row[:-1], bytes(row[-1])) for row in Text.objects.order_by("pk").values_list()]
    solved = Solved.objects.order_by("pk").values_list()
    return texts, [
        tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in solved
    ]


def forget() -> None:
    """Forget all that is kept and walk all cases again."""
    Text.objects.all().delete()
    Solved.objects.all().delete()
    look_again()


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make ranges of two cases."""
    monkeypatch.setattr(keeping, "_RANGE", 2)


def test_the_same_rows_as_one_by_one(desk: Desk, few: None) -> None:
    cases = city(desk)
    follow()
    while catch_up(1):
        pass
    one_by_one = kept()
    assert (len(one_by_one[0]), len(one_by_one[1])) == (len(cases), 3)
    forget()
    said: list[float] = []
    assert keep_all(1, said.append) == len(cases)
    assert kept() == one_by_one
    assert said == sorted(said)
    assert said[-1] == 1
    assert Mark.objects.get().back is None
    assert keep_all() == 0


def test_only_what_changed_is_read_again(desk: Desk, few: None) -> None:
    cases = city(desk)
    assert keep_all() == len(cases)
    Case.objects.filter(pk=cases[0].pk).update(version=9, title="水管爆裂")
    Text.objects.filter(pk=cases[3].pk).delete()
    assert keep_all() == 2
    assert Text.objects.get(pk=cases[0].pk).version == 9


def test_stopped_in_the_middle_it_goes_on(
    desk: Desk, few: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = city(desk)
    asked = []

    def stopped(keys: list[Any]) -> int:
        asked.append(keys)
        if len(asked) == 3:
            raise KeyboardInterrupt
        return keep_texts(keys)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(keeping, "keep_texts", stopped)
        keep_all()
    assert Text.objects.count() == 4
    assert Mark.objects.get().back is not None
    assert keep_all() == len(cases) - 4
    assert Text.objects.count() == len(cases)


def test_beside_the_worker(desk: Desk, few: None) -> None:
    cases = city(desk)
    follow()

    def meanwhile(done: float) -> None:
        follow()
        catch_up(3)
        if len(cases) < 10:
            cases.append(desk.at("registered", title="刚刚登记的"))

    keep_all(1, meanwhile)
    follow()
    assert Text.objects.count() == len(cases)
    assert not catch_up()


def test_the_command(desk: Desk) -> None:
    cases = city(desk)
    answer = CliRunner().invoke(app, ["keep", "--json"])
    assert json.loads(answer.stdout)["kept"] == len(cases)
    answer = CliRunner().invoke(app, ["keep", "--processes", "1"])
    assert answer.stdout == ""
    assert "0 cases" in answer.stderr


@pytest.mark.django_db(transaction=True)
def test_two_processes_and_the_index_afterwards(tuesday: None, few: None) -> None:
    cases = city(Desk(make_cast()))
    keep_all()
    alone = kept()
    forget()
    assert keep_all(2) == len(cases)
    assert kept() == alone
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'alike_solved_keys'")
        assert cursor.fetchone() == (["fastupdate=off"],)


@pytest.mark.django_db(transaction=True)
def test_nobody_is_erased_while_a_lesson_is_written(tuesday: None) -> None:
    desk = Desk(make_cast())
    solved, still_open = desk.at("resolved"), desk.at("handling")

    def is_free(case: Case) -> bool:
        try:
            with transaction.atomic():
                return Case.objects.select_for_update(nowait=True).filter(pk=case.pk).exists()
        except OperationalError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic():
        keep_texts([solved.pk, still_open.pk])
        assert not other.submit(is_free, solved).result()
        assert other.submit(is_free, still_open).result()


def test_the_worker_leaves_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    batches = iter([*[True] * 10, False, True])

    def batch() -> bool:
        nonlocal now
        now += 0.5
        return next(batches)

    monkeypatch.setattr(tasks, "follow", lambda: 0)
    monkeypatch.setattr(tasks, "catch_up", batch)
    monkeypatch.setattr(tasks, "monotonic", lambda: now)
    tasks.follow_texts(0)
    assert now == 3  # seconds of five
    tasks.follow_texts(5)
    assert list(batches) == [True]  # it ends with the last of the older cases
