"""Help with an incident: experts of the fitting field, supplies asked for it, and both in its timeline."""

from typing import Any

import pytest
from django.urls import reverse

from linli.audit.models import Entry
from linli.cases.tests.desk import text_of
from linli.dispatch.actions.experts import ExpertData, add_expert
from linli.dispatch.models import (
    CallOut,
    Field,
    Incident,
    IncidentKind,
    SupplyKind,
    SupplyRequest,
    TimelineEntry,
)
from linli.dispatch.tests.room import Room
from linli.dispatch.tests.stock import make_stock
from tests.cast import CITY

DESK = "city_dispatcher"


def page(room: Room, incident: Incident, who: str = DESK) -> str:
    answer = room.client(who).get(f"/dispatch/incidents/{incident.id}/")
    assert answer.status_code == 200
    return text_of(answer)


def expert(room: Room, name: str, *fields: str) -> Any:
    data = ExpertData(name=name, phone="0935 1234567", area=CITY, job="工程师", fields=fields)
    return room.act("administrator", add_expert, data)


def timeline(incident: Incident) -> list[str]:
    rows = TimelineEntry.objects.filter(incident=incident).order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_the_fitting_expert_is_called_from_the_incident_and_answers_there(room: Room) -> None:
    one, other = expert(room, "甲示例", "gas"), expert(room, "乙示例", "mining")
    incident = room.incident(kind="gas")
    told = page(room, incident)
    call = reverse("dispatch:call_expert", args=[one.id, "gas"])
    assert f"{call}?incident={incident.id}" in told
    # The field that fits stands open, the other one is folded below.
    assert told.index(str(one.id)) < told.index("其他领域的专家") < told.index(str(other.id))
    client = room.client(DESK)
    form = client.get(call, {"incident": str(incident.id)}).context["form"]
    assert form.initial == {"incident": str(incident.id), "why": "燃气泄漏 龙门里小学"}
    shown = client.post(call, form.initial)
    assert "0935 1234567" in text_of(shown)
    assert f"/dispatch/incidents/{incident.id}/" in text_of(shown)
    made = CallOut.objects.get()
    assert made.incident_id == incident.id
    given = {"answer": "coming", "from_incident": "1"}
    back = client.post(reverse("dispatch:answer_call", args=[made.id]), given)
    assert back.url == f"/dispatch/incidents/{incident.id}/"
    assert timeline(incident)[-2:] == ["call_expert", "expert_said"]
    told = page(room, incident)
    assert "燃气 · 工程师" in told
    assert "目前没有可呼叫的专家" in told
    # Names stay out of the timeline and of the log.
    assert "甲示例" not in told
    assert not Entry.objects.filter(facts__contains="甲示例").exists()


def test_supplies_are_asked_for_an_incident_and_stand_on_its_page(room: Room) -> None:
    stock = make_stock(room.cast)
    stock.receive(5, "cordon")
    incident = room.incident()
    ask = reverse("dispatch:request_supplies", args=[stock.store.id])
    assert f"{ask}?incident={incident.id}" in page(room, incident)
    client = room.client(DESK)
    form = client.get(ask, {"incident": str(incident.id)}).context["form"]
    assert form.initial["incident"] == str(incident.id)
    given = {**form.initial, "unit": str(room.cast.justice.id), "want_cordon": 2}
    assert client.post(ask, given).status_code == 302
    asked = SupplyRequest.objects.get()
    told = page(room, incident)
    assert reverse("dispatch:supply_request", args=[asked.id]) in told
    assert "应急物资库：警戒带 × 2" in told
    assert timeline(incident)[-1] == "ask_supplies"
    # What doesn't name an incident one sees begins empty.
    assert client.get(ask, {"incident": "x"}).context["form"].initial == {}


def test_the_incident_one_comes_from_can_be_chosen_however_many_are_open(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.dispatch.web.supply_forms._LATEST", 2)
    stock = make_stock(room.cast)
    stock.receive(5, "cordon")
    one = expert(room, "甲示例", "gas")
    incident, *_rest, latest = (room.incident() for _n in range(4))
    client = room.client(DESK)
    for address in (
        reverse("dispatch:request_supplies", args=[stock.store.id]),
        reverse("dispatch:call_expert", args=[one.id, "gas"]),
    ):
        form = client.get(address, {"incident": str(incident.id)}).context["form"]
        offered = [key for key, _title in form.fields["incident"].choices]
        assert (offered[1], offered[2], len(offered)) == (str(incident.id), str(latest.id), 4)
        bare = client.get(address).context["form"]
        assert [key for key, _title in bare.fields["incident"].choices] == ["", *offered[2:]]
    address += f"?incident={incident.id}"
    assert "0935 1234567" in text_of(client.post(address, form.initial))
    assert CallOut.objects.get().incident_id == incident.id


def test_a_call_from_an_incident_that_is_not_made_leads_back_to_it(room: Room) -> None:
    one, incident = expert(room, "甲示例", "gas"), room.incident(kind="gas")
    address = reverse("dispatch:call_expert", args=[one.id, "gas"])
    client = room.client(DESK)
    there = f'class="button" href="/dispatch/incidents/{incident.id}/"'
    assert there in text_of(client.get(address, {"incident": str(incident.id)}))
    assert 'class="button" href="/dispatch/experts/"' in text_of(client.get(address))


def test_a_field_keeps_the_kinds_it_fits_that_are_no_longer_offered(room: Room) -> None:
    field = Field.objects.get(pk="gas")
    IncidentKind.objects.filter(pk__in=["gas", "theft"]).update(retired=True)
    city, where = room.client("city_director"), "/dispatch/settings/fields/gas/"
    form = city.get(where).context["form"]
    offered = {code for code, _name in form.fields["kinds"].choices}
    assert "gas" in offered
    assert "theft" not in offered
    assert city.post(where, {**form.initial, "retired": ""}).status_code == 302
    assert Field.objects.get(pk="gas").kinds == field.kinds == ["gas"]


def test_lists_of_fields_and_supplies_are_edited_by_the_city(room: Room) -> None:
    city, street = room.client("city_director"), room.client("director")
    field = {"name": "水务", "name_en": "Water", "kinds": ["disaster"], "position": 3}
    assert city.post("/dispatch/settings/fields/", field).status_code == 302
    made = Field.objects.get(name="水务")
    assert made.kinds == ["disaster"]
    assert city.post("/dispatch/settings/fields/", {**field, "name": " "}).status_code == 422
    kind = {"name": "防水布", "measure": "张", "least": 5, "position": 1}
    assert city.post("/dispatch/settings/supplies/", kind).status_code == 302
    new = SupplyKind.objects.get(name="防水布")
    where = f"/dispatch/settings/supplies/{new.code}/"
    assert city.post(where, {**kind, "retired": "on"}).status_code == 302
    assert SupplyKind.objects.get(pk=new.code).retired
    told = text_of(city.get("/dispatch/settings/"))
    assert "水务" in told
    assert "防水布" in told
    assert street.post(where, kind).status_code == 403
    assert street.get("/dispatch/settings/").status_code == 200
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"dispatch.set_field", "dispatch.set_supply_kind"} <= events
