"""The page of the form, its Excel, what is behind a figure, and prevention work."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from random import Random

import openpyxl
import pytest
from django.utils import timezone

from linli.audit.models import Entry
from linli.cases.tests.desk import text_of
from linli.kernel.errors import Invalid, NotPermitted
from linli.kernel.periods import Period
from linli.mediation.actions.record_prevention import Work, record_prevention
from linli.mediation.models import Mediation, Prevention
from linli.mediation.queries.counted import Selection, counted
from linli.mediation.queries.prevention import work_of
from linli.mediation.queries.statistics import figures
from linli.mediation.tests.histories import NOW, add_mediation, subtype
from linli.mediation.tests.table import TODAY, Table
from tests.cast import BEIJING_ROAD, CITY, GUANGZHOU_ROAD, LONGMENLI

PAGE = "/mediation/statistics/"


@pytest.fixture
def full(table: Table) -> Table:
    """Return the table with a month and a half of mediations everywhere."""
    random = Random(11)
    subtype()
    for _ in range(30):
        add_mediation(random, table)
    return table


def test_the_page_shows_the_form_and_the_period_before(full: Table) -> None:
    page = full.client("city_director").get(
        PAGE, {"area": CITY, "since": "2026-03-01", "until": "2026-03-20"}
    )
    assert page.status_code == 200
    text = text_of(page)
    now = figures(CITY, Period(date(2026, 3, 1), date(2026, 3, 20)), NOW).all
    before = figures(CITY, Period(date(2026, 2, 9), date(2026, 2, 28)), NOW).all
    assert f'<span class="tile-value">{now.mediations}</span>' in text
    assert f"上期：{before.mediations}" in text
    assert "since=2026-02-09" in text
    assert "劳动争议" in text


def test_every_figure_opens_as_many_mediations_as_it_counts(full: Table) -> None:
    client = full.client("city_director")
    text = text_of(client.get(PAGE, {"area": BEIJING_ROAD}))
    opened = 0
    for address, shown in re.findall(r'<a href="([^"]*/mediations/\?[^"]*)">([\d,]+)</a>', text):
        if "averted" in address:
            continue
        behind = text_of(client.get(unescape(address)))
        assert behind.count("row-link") == int(shown.replace(",", "")), address
        opened += 1
    assert opened > 50


def test_what_is_not_written_down_opens_too(full: Table) -> None:
    actor = full.cast.actor("city_director")
    for facet in ("type", "form"):
        many = figures(CITY, Period(), NOW).facets[facet].get("")
        assert many is not None
        rows, _ = counted(actor, Selection(CITY, Period(), facet, ""))
        assert len(rows) == many.mediations > 0


def test_pages_of_the_list_follow_each_other(full: Table) -> None:
    actor = full.cast.actor("city_director")
    seen, after = [], ""
    while True:
        rows, after = counted(actor, Selection(CITY, Period()), after=after, size=7)
        seen += [row.id for row in rows]
        if not after:
            break
    assert len(seen) == len(set(seen)) == Mediation.objects.count()


def test_figures_without_cases_are_read_without_links(full: Table) -> None:
    text = text_of(full.client("auditor").get(PAGE, {"area": CITY}))
    total = figures(CITY, Period(), NOW).all.mediations
    assert f'<span class="tile-value">{total}</span>' in text
    assert "/mediations/?" not in text
    hidden = full.client("mediator").get(f"{PAGE}mediations/", {"area": LONGMENLI})
    assert hidden.status_code == 200
    assert full.client("clerk").get(PAGE, {"area": GUANGZHOU_ROAD}).status_code == 403
    outside = full.client("clerk").get(f"{PAGE}mediations/", {"area": CITY})
    assert outside.status_code == 403


def test_the_list_shows_nobody_more_than_they_see(full: Table) -> None:
    actor = full.cast.actor("mediator")
    rows, _ = counted(actor, Selection(LONGMENLI, Period()))
    listed = {row.id for row in rows}
    full.client("mediator")
    for mediation in Mediation.objects.filter(pk__in=listed):
        page = full.client("mediator").get(f"/mediations/{mediation.pk}/")
        assert page.status_code == 200


@pytest.mark.parametrize("wrong", [{"facet": "name"}, {"since": "soon"}, {"committee": "x"}])
def test_an_address_of_no_figure_is_refused(full: Table, wrong: dict[str, str]) -> None:
    answer = full.client("director").get(f"{PAGE}mediations/", {"area": BEIJING_ROAD, **wrong})
    assert answer.status_code == 422


def test_it_costs_few_queries(full: Table, django_assert_max_num_queries: object) -> None:
    client = full.client("city_director")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get(PAGE, {"area": CITY, "period": "month"})
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        client.get(f"{PAGE}mediations/", {"area": CITY})


def test_the_sheet_has_the_shape_of_the_form_and_balances(full: Table) -> None:
    answer = full.client("city_director").get(
        f"{PAGE}form.xlsx", {"area": CITY, "since": "2026-03-01", "until": "2026-03-20"}
    )
    assert answer.status_code == 200
    page = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert page is not None
    groups, heads, now, before = ([cell.value for cell in page[row]] for row in (3, 4, 5, 6))
    starts = {name: at for at, name in enumerate(groups) if name}
    assert list(starts)[1:] == [
        "调解案件", "按调委会类型", "按案件来源", "按纠纷类型", "调解协议", "防止",
        "排查预防情况", "调解员",
    ]  # fmt: skip
    assert str(now[0]).startswith("本期")
    assert str(before[0]).startswith("上期")
    edges = [*starts.values(), len(groups)]
    total = figures(CITY, Period(date(2026, 3, 1), date(2026, 3, 20)), NOW).all
    for name in ("按调委会类型", "按案件来源", "按纠纷类型"):
        at = edges.index(starts[name])
        assert sum(now[edges[at] : edges[at + 1]]) == total.mediations
    assert now[1] == total.mediations
    assert heads[1] == "调解案件"
    assert sum(value or 0 for value in before[1:3]) > 0


def test_a_member_writes_prevention_work_down_and_corrects_it(table: Table) -> None:
    client = table.client("mediator")
    form = {
        "committee": table.committee.id, "day": "2026-03-09", "inspections": "4", "found": "2",
        "prevented": "1",
    }  # fmt: skip
    assert client.post("/mediation/prevention/", form).status_code == 302
    assert client.post("/mediation/prevention/", form | {"found": "3"}).status_code == 302
    row = Prevention.objects.get()
    assert (row.inspections, row.found, row.prevented) == (4, 3, 1)
    assert Entry.objects.filter(event="committee.prevention").count() == 2
    assert figures(LONGMENLI, Period(TODAY, TODAY), NOW).prevention.found == 0
    assert figures(LONGMENLI, Period(date(2026, 3, 9), None), NOW).prevention.found == 3
    assert "龙门里" in text_of(client.get("/mediation/prevention/"))
    wrong = client.post("/mediation/prevention/", form | {"day": "2026-03-19"})
    assert wrong.status_code == 422


def test_pages_of_prevention_work_follow_each_other(table: Table) -> None:
    for day in range(1, 8):
        Prevention.objects.create(
            committee=table.committee, day=date(2026, 3, day), found=day, recorded_at=NOW
        )
    actor = table.cast.actor("mediator")
    seen, after = [], ""
    while True:
        rows, after = work_of(actor, LONGMENLI, Period(), after=after, size=3)
        seen += [row.found for row in rows]
        if not after:
            break
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    assert work_of(table.cast.actor("neighbour_clerk"), LONGMENLI, Period()) == ([], "")


def test_nobody_else_writes_for_a_committee(table: Table) -> None:
    with pytest.raises(NotPermitted):
        table.act("director", record_prevention, table.committee.id, TODAY, Work(found=1))
    with pytest.raises(Invalid):
        table.act("mediator", record_prevention, table.committee.id, TODAY, Work())
    table.act("mediator", record_prevention, table.committee.id, TODAY, Work(found=1))
    client = table.client("neighbour_clerk")
    assert "登记一天的工作" not in text_of(client.get("/mediation/prevention/"))
    with_scope = table.client("director").get("/mediation/prevention/", {"area": BEIJING_ROAD})
    assert "龙门里" in text_of(with_scope)
    assert timezone.localdate() == TODAY
