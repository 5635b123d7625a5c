"""The pages: read by all who work in the city, written by directors and administrators."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from linli.areas.models import Unit
from linli.cases.actions.assign import assign_case
from linli.routing.models import Rule
from linli.routing.queries.sets import draft_of, set_of
from linli.routing.tests.conftest import SignedIn
from linli.routing.tests.rules import put_on, worded, write
from tests.cast import BEIJING_ROAD, CITY, GUANGZHOU_ROAD, LONGMENLI, Cast, make_case

pytestmark = pytest.mark.django_db
HOME = f"/routing/{BEIJING_ROAD}/"


def fields(cast: Cast, **given: object) -> dict[str, object]:
    draft = draft_of(BEIJING_ROAD)
    usual = {"place": BEIJING_ROAD, "hours": "any", "unit": cast.justice.id}
    return {**usual, "version": draft.version if draft else 0, **given}


def test_a_director_writes_tests_and_switches_on(cast: Cast, signed_in: SignedIn) -> None:
    make_case(cast, at=timezone.now() - timedelta(days=3))
    client = signed_in("director")
    assert "No rules yet" in client.get("/routing/").text
    client.post(f"{HOME}draft/begin/")
    assert client.post(f"{HOME}draft/rules/new/", fields(cast, unit="")).status_code == 422
    rule = fields(
        cast, categories=["neighbour"], urgencies=["normal"], hours="own", days="working",
        weekdays=["1", "2"], since="08:00", until="20:00", why="司法所常驻", ends="2099-01-01",
        handler=cast.users["officer"].id,
    )  # fmt: skip
    done = client.post(f"{HOME}draft/rules/new/", rule, follow=True)
    said = (
        "of 北京路街道, normal, working days, Monday, Tuesday, from 08:00 to 20:00,"
        " holds until 2099-01-01"
    )
    assert said in done.text
    assert "北京路司法所 · officer" in done.text
    saved = Rule.objects.get()
    assert saved.weekdays == [1, 2]
    shown = client.get(f"{HOME}draft/rules/{saved.id}/")
    assert 'value="08:00"' in shown.text
    client.post(f"{HOME}draft/rules/{saved.id}/", fields(cast, kinds=["dispute"]))
    tested = client.get(f"{HOME}draft/test/").text
    assert re.search(r"Would go elsewhere.*?1.*?of 1 cases", tested, re.S)
    assert "龙门里社区" in tested
    look = client.get(f"{HOME}draft/switch_on/").text
    assert "Dispute of 北京路街道 → 北京路司法所" in look
    draft = draft_of(BEIJING_ROAD)
    assert draft
    stale = client.post(f"{HOME}draft/switch_on/", {"version": draft.version - 1})
    assert stale.status_code == 409
    on = client.post(f"{HOME}draft/switch_on/", {"version": draft.version}, follow=True)
    assert "Version 1 is on" in on.text
    assert set_of(BEIJING_ROAD)


def test_the_order_is_changed_by_keys_alone(cast: Cast, signed_in: SignedIn) -> None:
    for why in "ab":
        write(cast, worded(cast.justice.id, place=BEIJING_ROAD, why=why), area=BEIJING_ROAD)
    client, first = signed_in("director"), Rule.objects.get(why="a")
    draft = draft_of(BEIJING_ROAD)
    assert draft
    given = {"way": "down", "version": draft.version}
    part = client.post(f"{HOME}draft/rules/{first.id}/move/", given, HTTP_HX_REQUEST="true")
    assert 'id="rules"' in part.text
    assert "<html" not in part.text
    # It is the last now: its other button has the focus.
    assert re.search(r'value="up"\s+autofocus aria-label="Move rule 2 up"', part.text)
    without_scripts = client.post(
        f"{HOME}draft/rules/{first.id}/move/", {"way": "up", "version": draft.version + 1}
    )
    assert without_scripts.status_code == 302
    first.refresh_from_db()
    assert first.position == 1


def test_a_version_is_brought_back_after_a_second_look(cast: Cast, signed_in: SignedIn) -> None:
    for why in ("a", "b"):
        rule = worded(cast.justice.id, place=BEIJING_ROAD, why=why)
        on = put_on(cast, rule, area=BEIJING_ROAD, by="director")
    client = signed_in("director")
    look = client.get(f"{HOME}versions/1/roll_back/")
    assert look.status_code == 200
    done = client.post(f"{HOME}versions/1/roll_back/", {"on": on.id}, follow=True)
    assert "Version 3 is on" in done.text
    assert client.get(f"{HOME}versions/2/").status_code == 200
    assert client.get(f"{HOME}versions/9/").status_code == 404


def test_others_read_and_do_not_write(cast: Cast, signed_in: SignedIn) -> None:
    rule = worded(cast.justice.id, place=BEIJING_ROAD)
    put_on(cast, rule, area=BEIJING_ROAD, by="director")
    for name in ("clerk", "officer", "neighbour_clerk", "auditor"):
        client = signed_in(name)
        page = client.get(HOME)
        assert "北京路司法所" in page.text
        assert "Change the rules" not in page.text
        assert client.post(f"{HOME}draft/begin/").status_code == 403
    assert signed_in("clerk").get("/routing/1101/").status_code == 404
    assert signed_in("clerk").get("/routing/").status_code == 200


def test_the_intake_form_says_where_it_would_go(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("clerk")
    page = client.get("/cases/new/").text
    assert 'hx-get="/routing/preview/"' in page
    assert "party0-name" not in page.split('hx-get="/routing/preview/"')[1].split(">")[0]
    asked = {"area": LONGMENLI, "kind": "dispute", "category": "neighbour", "urgency": "normal",
             "channel": "window"}  # fmt: skip
    assert "No rule fits" in client.get("/routing/preview/", asked).text
    put_on(cast, worded(cast.justice.id, place=BEIJING_ROAD, why="就近"))
    told = client.get("/routing/preview/", asked).text
    assert "Would go to 北京路司法所" in told
    assert "就近" in told
    assert client.get("/routing/preview/", {"area": "62x"}).text.strip() == ""


def test_a_case_says_which_rule_sent_it_and_why(cast: Cast, signed_in: SignedIn) -> None:
    put_on(cast, worded(cast.justice.id, why="就近办理"))
    case = make_case(cast)
    assign_case(case.id, actor=cast.actor("clerk"), at=timezone.now())
    page = signed_in("clerk").get(f"/cases/{case.id}/").text
    assert "by routing rule 1.1" in page
    assert "Why it went there" in page
    assert "就近办理" in page


def test_a_rule_that_leads_nowhere_is_shown_to_its_writers(cast: Cast, signed_in: SignedIn) -> None:
    rule = worded(cast.justice.id, place=BEIJING_ROAD)
    put_on(cast, rule, area=BEIJING_ROAD, by="director")
    assert "lead nowhere" not in signed_in("director").get("/").text
    Unit.objects.filter(pk=cast.justice.id).update(closed_on=date(2026, 3, 1))
    assert "lead nowhere" in signed_in("director").get("/").text
    assert "lead nowhere" in signed_in("administrator").get("/people/").text
    assert "lead nowhere" not in signed_in("clerk").get("/").text
    assert "passed over" in signed_in("director").get(HOME).text
    assert "1 target gone" in signed_in("director").get("/routing/").text


def test_the_trial_tells_administrators_no_titles(cast: Cast, signed_in: SignedIn) -> None:
    made = make_case(cast, at=timezone.now() - timedelta(days=3))
    make_case(cast, at=timezone.now() - timedelta(days=3), area=GUANGZHOU_ROAD)
    write(cast, worded(cast.justice.id, place=BEIJING_ROAD))
    page = signed_in("administrator").get(f"/routing/{CITY}/draft/test/").text
    assert re.search(r"Would go elsewhere.*?1.*?of 2 cases", page, re.S)
    assert made.number in page
    assert made.title not in page
    assert f"/cases/{made.id}/" not in page
