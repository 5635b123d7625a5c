"""Gather: what follows from events is enqueued for many objects at once, none left out, none twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.audit.record import record
from linli.kernel.ids import new_id
from linli.notices.actions.gather import LISTENER, gather
from linli.notices.actions.listen import catch_up

pytestmark = pytest.mark.django_db

ASSIGN = "linli.cases.tasks.assign_waiting_many"
READ = "linli.reading.tasks.read_registered_all"
READ_IMPORTED = "linli.reading.tasks.read_registered_many"


def happen(event: str = "case.register", age: timedelta = timedelta(), **facts: Any) -> str:
    key = str(new_id())
    record("case", key, event, actor=None, at=timezone.now() - age, facts=facts)
    return key


def gathered() -> dict[str, list[set[str]]]:
    """Gather; return the objects of each new job by its task."""
    ProcrastinateJob.objects.all().delete()
    while gather(at=timezone.now()):
        pass
    found: dict[str, list[set[str]]] = {}
    for job in ProcrastinateJob.objects.order_by("id"):
        found.setdefault(job.task_name, []).append(set(job.args["object_ids"]))
    return found


def test_an_event_writes_no_job_and_many_share_one() -> None:
    catch_up(LISTENER)
    cases = {happen() for _ in range(5)}
    assert not ProcrastinateJob.objects.exists()
    assert gathered() == {ASSIGN: [cases], READ: [cases]}
    assert gathered() == {}
    later = happen()
    assert gathered() == {ASSIGN: [{later}], READ: [{later}]}


def test_each_goes_at_its_own_time() -> None:
    catch_up(LISTENER)
    happen()
    began = timezone.now()
    gathered()
    due = dict(ProcrastinateJob.objects.values_list("task_name", "scheduled_at"))
    assert due[READ] is None
    assert due[ASSIGN] >= began + timedelta(minutes=10) - timedelta(seconds=1)


def test_a_job_takes_so_many_and_no_more() -> None:
    catch_up(LISTENER)
    cases = {happen() for _ in range(201)}
    jobs = gathered()[READ]
    assert sorted(len(one) for one in jobs) == [1, 200]
    assert set().union(*jobs) == cases


def test_what_an_import_wrote_has_its_own_task() -> None:
    catch_up(LISTENER)
    alone, imported = happen(), happen(**{"import": str(new_id())})
    found = gathered()
    assert found[READ] == [{alone}]
    assert found[READ_IMPORTED] == [{imported}]
    assert found[ASSIGN] == [{alone, imported}]


def test_what_nothing_follows_is_passed_over() -> None:
    catch_up(LISTENER)
    happen("case.accept")
    assert gathered() == {}


def test_the_first_time_only_what_is_new_is_taken() -> None:
    happen(age=timedelta(days=1))
    new = happen(age=timedelta(minutes=1))
    assert gathered()[READ] == [{new}]
    assert gathered() == {}
    following = happen(age=timedelta(days=1))
    assert gathered()[READ] == [{following}]
