"""The worker brings a table of people in: little by little, never twice, no password lost."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.accounts import tasks
from linli.accounts.actions import run_people as running
from linli.accounts.actions.give_passwords import give_passwords
from linli.accounts.actions.import_people import Outcome, bring_in, plan_import
from linli.accounts.actions.run_people import run_people
from linli.accounts.actions.start_people import TASK, start_people
from linli.accounts.actions.take_people import take_people
from linli.accounts.actor import SYSTEM, Actor
from linli.accounts.models import ImportState, PeopleImport, Role, User
from linli.accounts.sheets import Row, read_people
from linli.accounts.tests.conftest import SignedIn
from linli.audit.models import Entry
from linli.kernel.errors import IllegalMove, NotFound, NotPermitted
from linli.kernel.row_security import scoped
from tests.cast import BEIJING_ROAD, COUNTY, GRID, LONGMENLI, Cast, make_user

HEAD = "姓名,用户名,角色,区划代码"
NAMES = [f"worker.{letter}" for letter in "abcdefg"]


def table() -> list[tuple[int, Row]]:
    lines = [f"网格员{name[-1]},{name},网格员,{GRID}" for name in NAMES]
    lines += [f"网格员a,{NAMES[0]},人民调解员,{LONGMENLI}", f",nobody,网格员,{GRID}"]
    return read_people("people.csv", "\n".join([HEAD, *lines]).encode())


def uploaded(cast: Cast, name: str = "administrator") -> PeopleImport:
    return take_people(table(), actor=cast.actor(name), at=timezone.now())


def started(cast: Cast) -> PeopleImport:
    found = uploaded(cast)
    return start_people(found.id, actor=cast.actor("administrator"), at=timezone.now())


def run(cast: Cast, found: PeopleImport, **more: Any) -> bool:
    return run_people(found.id, actor=cast.actor("administrator"), at=timezone.now(), **more)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)


@pytest.mark.django_db
def test_killed_in_the_middle_it_goes_on_and_loses_no_password(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def killed(rows: Sequence[tuple[int, Row]], *, actor: Actor, at: datetime) -> Outcome:
        outcome = bring_in(rows, actor=actor, at=at)
        calls.append(rows)
        if len(calls) == 3:
            raise SystemExit  # as a signal would: nothing here takes it up
        return outcome

    found = started(cast)
    monkeypatch.setattr(running, "bring_in", killed)
    with pytest.raises(SystemExit):
        run(cast, found)
    found.refresh_from_db()
    assert (found.state, found.position, found.people) == (ImportState.RUNNING, 4, 4)
    assert User.objects.filter(username__in=NAMES).count() == 4
    with pytest.raises(NotFound):
        give_passwords(found.id, actor=cast.actor("administrator"))
    assert run(cast, found)
    found.refresh_from_db()
    assert (found.state, found.position, found.total) == (ImportState.DONE, 9, 9)
    assert (found.people, found.roles, found.unchanged, found.wrong) == (7, 8, 0, 1)
    assert not found.rows, "the table goes with the end"
    made = give_passwords(found.id, actor=cast.actor("administrator"))
    assert [line[1] for line in made] == NAMES
    for _name, username, password in made:
        user = User.objects.get(username=username)
        assert user.check_password(password)
        assert user.must_change_password
    assert Role.objects.filter(user__username__in=NAMES).count() == 8
    assert run(cast, found), "a job that comes twice does nothing"
    assert Role.objects.filter(user__username__in=NAMES).count() == 8
    entry = Entry.objects.get(event="people.import")
    assert entry.facts == {"people": 7, "roles": 8, "wrong": 1}


@pytest.mark.django_db
def test_passwords_are_sealed_and_given_to_their_importer_once(cast: Cast) -> None:
    found = started(cast)
    run(cast, found)
    kept = bytes(PeopleImport.objects.get().passwords)
    assert b"worker.a" not in kept
    cast.users["other"] = make_user("other", "administrator", COUNTY, None)
    with pytest.raises(NotFound):
        give_passwords(found.id, actor=cast.actor("other"))
    assert len(give_passwords(found.id, actor=cast.actor("administrator"))) == 7
    with pytest.raises(NotFound):
        give_passwords(found.id, actor=cast.actor("administrator"))


@pytest.mark.django_db
def test_only_administrators_and_only_their_own(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        uploaded(cast, "clerk")
    found = uploaded(cast)
    cast.users["other"] = make_user("other", "administrator", COUNTY, None)
    with pytest.raises(NotFound):
        start_people(found.id, actor=cast.actor("other"), at=timezone.now())
    start_people(found.id, actor=cast.actor("administrator"), at=timezone.now())
    with pytest.raises(IllegalMove):
        start_people(found.id, actor=cast.actor("administrator"), at=timezone.now())
    assert ProcrastinateJob.objects.filter(task_name=TASK).count() == 1
    with scoped([], [], cast.users["other"].id):
        assert not PeopleImport.objects.exists()
    with scoped([], [], cast.users["administrator"].id):
        assert PeopleImport.objects.count() == 1


@pytest.mark.django_db
def test_who_is_no_administrator_any_more_brings_nobody_in(cast: Cast) -> None:
    found = started(cast)
    Role.objects.filter(user=cast.users["administrator"]).update(
        ends="2020-01-01", starts="2020-01-01"
    )
    tasks.run_people.func(_Context(), import_id=str(found.id))
    found.refresh_from_db()
    assert (found.state, found.people) == (ImportState.STOPPED, 0)
    assert found.failure
    User.objects.filter(pk=found.by_id).update(is_active=False)
    PeopleImport.objects.update(state=ImportState.WAITING, failure="")
    tasks.run_people.func(_Context(), import_id=str(found.id))
    found.refresh_from_db()
    assert (found.state, bool(found.failure)) == (ImportState.STOPPED, True)


@pytest.mark.django_db
def test_a_name_given_away_at_this_moment_is_looked_at_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def first_taken(rows: Sequence[tuple[int, Row]], *, actor: Actor, at: datetime) -> Outcome:
        tried.append(rows)
        if len(tried) == 1:
            raise IntegrityError
        return bring_in(rows, actor=actor, at=at)

    monkeypatch.setattr(running, "bring_in", first_taken)
    found = started(cast)
    run(cast, found)
    found.refresh_from_db()
    assert (found.state, found.people) == (ImportState.DONE, 7)


@pytest.mark.django_db
def test_after_an_error_it_waits_for_its_owner(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_rows: object, **_more: object) -> Outcome:
        raise ValueError

    found = started(cast)
    with monkeypatch.context() as patch:
        patch.setattr(running, "bring_in", broken)
        run(cast, found)
    found.refresh_from_db()
    assert (found.state, bool(found.failure)) == (ImportState.STOPPED, True)
    again = start_people(found.id, actor=cast.actor("administrator"), at=timezone.now())
    assert (again.state, again.failure) == (ImportState.WAITING, "")
    run(cast, found)
    found.refresh_from_db()
    assert (found.state, found.people) == (ImportState.DONE, 7)


@pytest.mark.django_db
def test_a_worker_that_ends_leaves_the_rest_to_the_next(cast: Cast) -> None:
    found = started(cast)
    before = ProcrastinateJob.objects.filter(task_name=TASK).count()
    tasks.run_people.func(_Context(ends=True), import_id=str(found.id))
    found.refresh_from_db()
    assert (found.state, found.position) == (ImportState.RUNNING, 2)
    assert ProcrastinateJob.objects.filter(task_name=TASK).count() == before + 1


@pytest.mark.django_db
def test_tables_and_passwords_are_forgotten_after_a_day(cast: Cast) -> None:
    done, waiting, fresh = started(cast), started(cast), uploaded(cast)
    run(cast, done)
    long_ago = timezone.now() - timedelta(hours=25)
    PeopleImport.objects.exclude(pk=fresh.pk).update(touched_at=long_ago)
    tasks.forget.func(0)
    assert set(PeopleImport.objects.values_list("pk", flat=True)) == {waiting.pk, fresh.pk}


@pytest.mark.django_db
def test_the_same_role_in_a_later_row_is_added_once(cast: Cast) -> None:
    lines = [
        f"李四,li.si,网格员,{GRID}",
        f"李四,li.si,人民调解员,{LONGMENLI}",
        f"李四,li.si,人民调解员,{LONGMENLI}",
    ]
    rows = read_people("p.csv", "\n".join([HEAD, *lines]).encode())
    plan = plan_import(rows, actor=SYSTEM, at=timezone.now())
    assert [planned.effect for planned in plan] == ["person", "role", "nothing"]


@pytest.mark.django_db
def test_on_the_pages(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("administrator")
    text = f"{HEAD}\n赵强,zhao.qiang,受理员,{BEIJING_ROAD}\n"
    file = SimpleUploadedFile("p.csv", text.encode())
    page = client.post("/people/import/", {"file": file}).url
    assert client.post(page).url == page
    assert not User.objects.filter(username="zhao.qiang").exists(), "the worker does it"
    shown = client.get(page).content.decode()
    assert "hx-get" in shown
    assert f"{page}progress/" in shown
    assert client.get(f"{page}progress/").status_code == 200
    assert client.get(f"{page}passwords.csv").status_code == 404
    tasks.run_people.func(_Context(), import_id=page.split("/")[-2])
    assert client.get(f"{page}progress/")["HX-Redirect"] == page
    assert page in client.get("/people/import/").content.decode(), "found again later"
    assert "passwords.csv" in client.get(page).content.decode()
    cast.users["other"] = make_user("other", "administrator", COUNTY, None)
    for address in (page, f"{page}progress/", f"{page}passwords.csv"):
        assert signed_in("other").get(address).status_code == 404
    answer = client.get(f"{page}passwords.csv")
    ((_name, username, password),) = list(csv.reader(io.StringIO(answer.content.decode())))[1:]
    assert User.objects.get(username=username).check_password(password)
    assert "no-store" in answer["Cache-Control"]
    assert client.get(f"{page}passwords.csv").status_code == 404, "given out once"
    assert "passwords.csv" not in client.get(page).content.decode()
    assert client.post(page).status_code == 409, "imported once"


class _Context:
    """What a worker tells its job."""

    def __init__(self, ends: bool = False) -> None:
        self.ends = ends

    def should_abort(self) -> bool:
        return self.ends
