"""A file becomes cases: good rows go in, others are told about, nothing goes in twice."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from linli.accounts.actor import Actor
from linli.audit.models import Entry
from linli.audit.verify import verify
from linli.cases.actions.parties import opened
from linli.cases.models import Case, Clock, Event, Note, Party
from linli.cases.tests.desk import Desk
from linli.intake import vault
from linli.intake.actions.choose import choose_layout, save_mapping
from linli.intake.actions.examine import examine_batch
from linli.intake.actions.forget import FILES_KEPT, FINDINGS_KEPT, forget_old
from linli.intake.actions.run import run_import
from linli.intake.actions.start import drop_import, start_import, stop_import
from linli.intake.actions.take_file import take_file
from linli.intake.layout import Layout
from linli.intake.models import Batch, Finding, Origin
from linli.intake.queries.imports import refusals_of
from linli.intake.tests import tables
from linli.intake.web import repair
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from tests.cast import LONGMENLI, OTHER_VILLAGE, make_cast


def taken(actor: Actor, data: bytes, name: str = "登记表.xlsx") -> Batch:
    """Take a file in and look at it."""
    at = timezone.now()
    batch = take_file(name, data, actor=actor, at=at)
    return examine_batch(batch.id, actor=actor, at=at)


def imported(actor: Actor, data: bytes, **options: bool) -> Batch:
    """Import a file as it is understood."""
    batch, at = taken(actor, data), timezone.now()
    layout = Layout.of(batch.plan["layout"])
    choose_layout(batch.id, layout, actor=actor, at=at, options=options or None)
    start_import(batch.id, actor=actor, at=at, queued=False)
    return run_import(batch.id, actor=actor, at=at)


def counts(batch: Batch) -> tuple[int, int, int]:
    """Return what became of the rows: added, known, refused."""
    return batch.added, batch.known, batch.refused


def test_a_row_becomes_the_case_it_tells_of(desk: Desk) -> None:
    batch = imported(desk.cast.actor("clerk"), tables.workbook([tables.row(1)], title="二〇二五年"))
    assert (batch.state, batch.mapping, counts(batch)) == ("done", "GB/T 31000 矛盾纠纷", (1, 0, 0))
    case = Case.objects.get()
    assert (case.title, case.kind, case.category_id) == (
        "楼上漏水引发纠纷1",
        "dispute",
        "neighbour",
    )
    assert (case.area_id, case.place) == (LONGMENLI, "北京路街道龙门里社区3号楼")
    assert (case.state, case.outcome, case.source_number) == ("closed", "调解达成协议", "ZJ-1")
    assert timezone.localtime(case.opened_at).strftime("%Y-%m-%d %H:%M") == "2025-03-02 09:30"
    assert timezone.localtime(case.resolved_at).strftime("%Y-%m-%d") == "2025-03-05"
    assert opened(Party.objects.get())["identity_number"] == "620302189001010017"
    event = Event.objects.get()
    assert (event.verb, event.facts["row"]) == ("import", 3)
    assert event.facts["import"] == str(batch.id)
    assert verify().ok


def test_open_ones_are_assigned_and_timed_from_today(desk: Desk) -> None:
    imported(desk.cast.actor("clerk"), tables.workbook([tables.row(1, 是否化解="否", 化解日期="")]))
    case = Case.objects.get()
    assert (case.state, case.holder.area_id) == ("assigned", LONGMENLI)
    assert all(clock.started_at >= case.opened_at for clock in Clock.objects.all())
    assert case.due_at is not None
    assert case.due_at > timezone.now()


def test_the_same_file_again_adds_nothing(desk: Desk) -> None:
    clerk = desk.cast.actor("clerk")
    data = tables.workbook([tables.row(n) for n in range(5)] + [tables.row(2)])
    assert counts(imported(clerk, data)) == (5, 1, 0)
    assert counts(imported(clerk, data)) == (0, 6, 0)
    # The same matters in another shape, and without numbers: by what they say.
    assert counts(imported(clerk, tables.text([tables.row(1)], "gb18030", "\t"))) == (0, 1, 0)
    bare = tables.text([tables.row(7, 纠纷编号=""), tables.row(8, 纠纷编号="")])
    assert counts(imported(clerk, bare)) == (2, 0, 0)
    assert counts(imported(clerk, bare)) == (0, 2, 0)
    assert Case.objects.count() == Origin.objects.count() == 7


def test_rows_that_can_not_be_read_are_told_repaired_and_come_in(desk: Desk) -> None:
    clerk = desk.cast.actor("clerk")
    bad: list[dict[str, Any]] = [
        {"发生日期": "2025年13月1日"},
        {"发生地": "月球"},
        {"发生地": "广州路街道广文里社区"},
        {"纠纷名称": "", "事件简述": ""},
        {"主要当事人证件号码": "6.20302189001e+17"},
        {"登记时间": "2099-01-01"},
        {"化解日期": "2024-01-01"},
    ]
    rows = [tables.row(n, **one) for n, one in enumerate(bad)] + [tables.row(99)]
    batch = imported(clerk, tables.workbook(rows))
    assert counts(batch) == (1, 0, 7)
    refused = list(refusals_of(batch))
    assert [one.number for one in refused] == [2, 3, 4, 5, 6, 7, 8]
    assert all(one.reasons for one in refused)
    told = json.dumps([one.reasons for one in refused], ensure_ascii=False)
    for word in ("2025年13月1日", "广文里社区", "2099-01-01"):
        assert word in told
    # The workbook for repair is read by the same mapping.
    good = tables.row(0)
    mended = [one for one in refused if one.number == 2]
    mended[0].cells["发生日期"] = good[4]
    again = imported(clerk, repair.workbook(mended))
    assert (again.mapping, counts(again)) == ("GB/T 31000 矛盾纠纷", (1, 0, 0))
    assert Case.objects.filter(source_number="ZJ-0").exists()


def test_nothing_personal_lies_open(desk: Desk) -> None:
    clerk = desk.cast.actor("clerk")
    batch = taken(clerk, tables.workbook([tables.row(1, 发生日期="赵立春")]))
    sealed = b"".join(path.read_bytes() for path in (settings.HOME / "imports").iterdir())
    for secret in ("赵立春", "620302189001010017"):
        assert secret.encode() not in sealed + bytes(Batch.objects.get().look)
    start_import(batch.id, actor=clerk, at=timezone.now(), queued=False)
    run_import(batch.id, actor=clerk, at=timezone.now())
    assert Finding.objects.count() == 1
    assert "赵立春".encode() not in bytes(Finding.objects.get().sealed)
    assert not any("赵立春" in json.dumps(e.facts, default=str) for e in Entry.objects.all())


@pytest.mark.django_db
def test_the_text_tells_what_a_row_does_not_say(desk: Desk) -> None:
    rows = [
        tables.row(
            1, 类别="", 纠纷名称="楼上邻居家漏水，把我家天花板泡坏了", 是否化解="否", 化解日期=""
        )
    ]
    imported(desk.cast.actor("clerk"), tables.workbook(rows), send=True, read=True)
    case = Case.objects.get()
    assert case.category_id == "neighbour"
    note = Note.objects.get(event__verb="register")
    assert "%" in note.text
    imported(
        desk.cast.actor("clerk"), tables.workbook([tables.row(2, 类别="")]), read=False, send=True
    )
    assert Case.objects.get(source_number="ZJ-2").category_id is None


def test_a_mapping_is_corrected_once_and_kept(desk: Desk) -> None:
    clerk, at = desk.cast.actor("clerk"), timezone.now()
    data = "号,说的什么,哪里,哪类\n甲-1,漏水吵架,龙门里,甲类\n甲-2,拖欠工资,龙门里,乙类\n".encode()
    batch = taken(clerk, data, "a.csv")
    layout = Layout(
        columns={
            "号": "source_number",
            "说的什么": "description",
            "哪里": "area",
            "哪类": "category",
        },
        values={"category": {"甲类": "neighbour", "乙类": "wages"}},
        source="老系统",
    )
    choose_layout(batch.id, layout, actor=clerk, at=at)
    save_mapping(batch.id, "老系统台账", actor=clerk, at=at)
    start_import(batch.id, actor=clerk, at=at, queued=False)
    assert counts(run_import(batch.id, actor=clerk, at=at)) == (2, 0, 0)
    assert set(Case.objects.values_list("category", flat=True)) == {"neighbour", "wages"}
    following = taken(clerk, data.replace("甲-1".encode(), "甲-3".encode()), "b.csv")
    assert following.mapping == "老系统台账"
    assert following.plan["layout"]["columns"]["哪类"] == "category"
    start_import(following.id, actor=clerk, at=at, queued=False)
    assert counts(run_import(following.id, actor=clerk, at=at)) == (1, 1, 0)


def test_a_column_that_only_counts_rows_is_no_number(desk: Desk) -> None:
    rows = [tables.row(n, 纠纷编号=n + 1) for n in range(3)]
    batch = taken(desk.cast.actor("clerk"), tables.workbook(rows))
    assert batch.plan["layout"]["columns"]["纠纷编号"] == ""


def test_a_layout_that_can_not_be_is_refused(desk: Desk) -> None:
    clerk, at = desk.cast.actor("clerk"), timezone.now()
    batch = taken(clerk, tables.workbook([tables.row(1)]))
    for columns in (
        {"纠纷名称": "place"},
        {"纠纷名称": "title", "类别": "title"},
        {"类别": "nothing"},
    ):
        with pytest.raises(Invalid):
            choose_layout(batch.id, Layout(columns), actor=clerk, at=at)
    nameless = Layout({"纠纷名称": "title", "纠纷编号": "source_number"})
    choose_layout(batch.id, nameless, actor=clerk, at=at)
    with pytest.raises(Invalid):
        start_import(batch.id, actor=clerk, at=at)


def test_only_desks_import_and_only_into_their_areas(desk: Desk) -> None:
    data = tables.workbook([tables.row(1)])
    for name in ("mediator", "officer", "administrator", "auditor", "grid_worker"):
        with pytest.raises(NotPermitted):
            taken(desk.cast.actor(name), data)
    batch = taken(desk.cast.actor("clerk"), data)
    with pytest.raises(NotFound):
        start_import(batch.id, actor=desk.cast.actor("neighbour_clerk"), at=timezone.now())
    outside = tables.workbook([tables.row(2, 发生地=f"{OTHER_VILLAGE}")])
    assert counts(imported(desk.cast.actor("clerk"), outside)) == (0, 0, 1)
    assert counts(imported(desk.cast.actor("city_dispatcher"), outside)) == (1, 0, 0)


def test_the_database_shows_an_import_to_its_desk_alone(desk: Desk) -> None:
    batch = taken(desk.cast.actor("clerk"), tables.workbook([tables.row(1)]))
    assert desk.by("director", lambda: list(Batch.objects.values_list("id", flat=True))) == [
        batch.id
    ]
    assert desk.by("neighbour_clerk", lambda: list(Batch.objects.all())) == []


def test_stopped_it_goes_on_where_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.intake.actions.run.CHUNK", 2)
    clerk, at = desk.cast.actor("clerk"), timezone.now()
    batch = taken(clerk, tables.workbook([tables.row(n) for n in range(7)]))
    start_import(batch.id, actor=clerk, at=at, queued=False)
    asked = iter([False, False, True])
    half = run_import(batch.id, actor=clerk, at=at, enough=lambda: next(asked))
    assert (half.state, half.added) == ("running", 4)
    stop_import(batch.id, actor=clerk, at=at)
    assert run_import(batch.id, actor=clerk, at=at).added == 4
    start_import(batch.id, actor=clerk, at=at, queued=False)
    done = run_import(batch.id, actor=clerk, at=at)
    assert (done.state, counts(done)) == ("done", (7, 0, 0))
    assert Case.objects.count() == 7


def test_an_error_between_rows_is_told_and_leaves_no_half(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clerk, at = desk.cast.actor("clerk"), timezone.now()
    batch = taken(clerk, tables.workbook([tables.row(1)]))
    start_import(batch.id, actor=clerk, at=at, queued=False)

    def broken(*_rows: Any, **_more: Any) -> None:
        raise RuntimeError("赵立春")

    with monkeypatch.context() as patch:
        patch.setattr("linli.intake.actions.run.register_many", broken)
        stopped = run_import(batch.id, actor=clerk, at=at)
    assert (stopped.state, stopped.position) == ("stopped", 0)
    assert stopped.failure
    assert "赵立春" not in caplog.text
    start_import(batch.id, actor=clerk, at=at, queued=False)
    assert counts(run_import(batch.id, actor=clerk, at=at)) == (1, 0, 0)


def test_what_nobody_goes_on_with_is_destroyed(desk: Desk) -> None:
    clerk, at = desk.cast.actor("clerk"), timezone.now()
    batch = imported(clerk, tables.workbook([tables.row(1, 发生地="月球")]))
    waiting = taken(clerk, tables.workbook([tables.row(2)]))
    dropped = taken(clerk, tables.workbook([tables.row(3)]))
    drop_import(dropped.id, actor=clerk, at=at)
    assert not Batch.objects.filter(pk=dropped.id).exists()
    assert forget_old(at) == 0
    assert forget_old(at + FILES_KEPT * 2) >= 1
    assert waiting.id not in vault.held()
    assert Batch.objects.get(pk=waiting.id).state == "stopped"
    assert Finding.objects.filter(batch=batch).exists()
    forget_old(at + FINDINGS_KEPT * 2)
    assert not Finding.objects.exists()


_KILLED = """
import sys
import django
django.setup()
from uuid import UUID
from django.utils import timezone
from linli.intake.actions import run
from linli.intake.models import Batch
from linli.intake.tasks import _actor
run.CHUNK = 40
batch = Batch.objects.get(pk=UUID(sys.argv[1]))
run.run_import(batch.id, actor=_actor(batch), at=timezone.now())
"""


@pytest.fixture
def running(transactional_db: None) -> Iterator[tuple[Actor, Batch]]:
    """Return an import of 800 rows that has been started and committed."""
    clerk, at = make_cast().actor("clerk"), timezone.now()
    batch = taken(clerk, tables.text([tables.row(n) for n in range(800)]), "a.csv")
    start_import(batch.id, actor=clerk, at=at, queued=False)
    yield clerk, batch
    vault.remove(batch.id)


@pytest.mark.fault
def test_killed_it_goes_on_without_losing_or_doubling(running: tuple[Actor, Batch]) -> None:
    clerk, batch = running
    name = connection.settings_dict["NAME"]
    address = os.environ["DATABASE_URL"].rpartition("?")
    url = address[0].rpartition("/")[0] + f"/{name}?" + address[2]
    environment = os.environ | {
        "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "linli.site.settings",
        "LINLI_HOME": str(settings.HOME),
    }  # fmt: skip
    command = [sys.executable, "-c", _KILLED, str(batch.id)]
    with subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[3]) as child:
        until = time.monotonic() + 60
        while time.monotonic() < until and child.poll() is None:
            if Batch.objects.get(pk=batch.id).position > 100:
                break
            time.sleep(0.02)
        child.send_signal(signal.SIGKILL)
        child.wait()
    killed = Batch.objects.get(pk=batch.id)
    assert killed.state == "running"
    assert 0 < killed.added < 800
    assert Case.objects.count() == killed.added == Origin.objects.count()
    done = run_import(batch.id, actor=clerk, at=timezone.now())
    assert (done.state, counts(done)) == ("done", (800, 0, 0))
    assert Case.objects.values("source_number").distinct().count() == Case.objects.count() == 800
    assert verify().ok
    assert batch.id not in vault.held()
