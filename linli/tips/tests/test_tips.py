"""The life of a tip: given, read, answered, added to, done, destroyed; and who may be meant."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from linli.areas.actions.close_unit import close_unit
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.tips.actions.desks import drop_tip_desk, erase_old_tips, set_tip_desk
from linli.tips.actions.give import TipData, give_tip
from linli.tips.models import Tip, TipDesk, TipMessage, TipOpening
from linli.tips.tests.conftest import GIVER, SECRET, Police
from tests.cast import BEIJING_ROAD, CITY, LONGMENLI

NOW = timezone.now()


def test_a_resident_gives_a_tip_reads_the_answer_and_adds(police: Police) -> None:
    door = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "fraud" in door.get("/tips/give/").text
    assert door.post("/tips/give/", {"kind": "fraud"}).status_code == 422
    given = door.post("/tips/give/", {"kind": "fraud", "text": SECRET, "area": "620302"})
    code = given.text.partition('class="secret">')[2].partition("<")[0]
    assert len(code) == 19
    detective = police.client("detective")
    assert "1 confidential tip waits" in detective.get("/").text
    tip = Tip.objects.get()
    assert tip.contact is None
    page = detective.get(f"/tips/{tip.pk}/").text
    assert SECRET in page
    assert "anonymous" in page
    assert "confidential tip waits" not in detective.get("/").text
    assert detective.post(f"/tips/{tip.pk}/answer/", {"text": " "}).status_code == 422
    detective.post(f"/tips/{tip.pk}/answer/", {"text": "在哪条街？"})
    detective.post(f"/tips/{tip.pk}/note/", {"text": "内部"})
    held = door.post("/tips/receipt/", {"code": code}).text
    assert "在哪条街" in held
    assert "内部" not in held
    added = door.post("/tips/receipt/", {"code": code, "text": "北京路"})
    assert added.status_code == 200
    assert "北京路" not in added.text
    page = detective.get(f"/tips/{tip.pk}/").text
    assert "北京路" in page
    assert "内部" in page
    assert TipOpening.objects.filter(by=police.cast.users["detective"]).count() == 3
    detective.post(f"/tips/{tip.pk}/finish/")
    assert door.post("/tips/receipt/", {"code": code, "text": "x"}).status_code == 422
    detective.post(f"/tips/{tip.pk}/reopen/")
    assert door.post("/tips/receipt/", {"code": code, "text": "还有"}).status_code == 200


def test_what_is_done_is_destroyed_after_its_days(police: Police) -> None:
    police.tip()
    tip = Tip.objects.get()
    detective = police.client("detective")
    detective.post(f"/tips/{tip.pk}/note/", {"text": "查无此事"})
    assert erase_old_tips(at=NOW + timedelta(days=4000)) == 0
    detective.post(f"/tips/{tip.pk}/finish/")
    assert erase_old_tips(at=NOW + timedelta(days=29)) == 0
    assert erase_old_tips(at=NOW + timedelta(days=31)) == 1
    assert not Tip.objects.exists()
    assert not TipMessage.objects.exists()


def test_the_nearest_desk_reads_and_without_one_nothing_is_taken(police: Police) -> None:
    admin = police.cast.actor("administrator")
    near = police.cast.justice
    set_tip_desk(area=BEIJING_ROAD, kind="fraud", unit=near.pk, kept_days=9, actor=admin, at=NOW)
    police.tip()
    assert Tip.objects.get().unit_id == near.pk
    with pytest.raises(Invalid):
        give_tip(TipData(kind="drugs", text="x", area=LONGMENLI), actor=None, at=NOW)
    with pytest.raises(Invalid):
        give_tip(TipData(kind="fraud", text="x" * 5001, area=LONGMENLI), actor=None, at=NOW)


def test_a_flood_from_one_address_is_stopped_and_others_go_on(police: Police) -> None:
    data = {"kind": "fraud", "text": SECRET, "area": "620302"}
    flood = Client(REMOTE_ADDR="203.0.113.7")
    answers = [flood.post("/tips/give/", data).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2
    assert Client(REMOTE_ADDR="203.0.113.8").post("/tips/give/", data).status_code == 200
    assert Tip.objects.count() == 11


def test_administrators_name_units_and_read_nothing(police: Police) -> None:
    admin = police.client("administrator")
    code = police.tip()
    assert police.unit.name in admin.get("/tips/desks/").text
    assert GIVER not in admin.get("/tips/").text
    form = {"kind": "drugs", "unit": str(police.unit.pk), "kept_days": "60", "area": CITY}
    assert admin.post("/tips/desks/", form | {"kept_days": "0"}).status_code == 422
    assert admin.post("/tips/desks/", form).status_code == 302
    for desk in TipDesk.objects.all():
        admin.post(f"/tips/desks/{desk.pk}/drop/")
    assert not TipDesk.objects.exists()
    assert "Nobody reads tips yet" in admin.get("/tips/desks/").text
    # What was given stays readable to the unit.
    assert police.client("detective").get(f"/tips/{Tip.objects.get().pk}/").status_code == 200
    assert Client().post("/tips/receipt/", {"code": code}).status_code == 200
    assert police.client("director").get("/tips/desks/").status_code == 403
    with pytest.raises(NotPermitted):
        set_tip_desk(
            area=CITY, kind="drugs", unit=police.unit.pk, kept_days=1,
            actor=police.cast.actor("city_director"), at=NOW,
        )  # fmt: skip


def test_a_unit_that_is_named_does_not_close(police: Police) -> None:
    admin = police.cast.actor("administrator")
    with pytest.raises(IllegalMove):
        close_unit(police.unit.pk, moved_to=None, actor=admin, at=NOW)
    drop_tip_desk(TipDesk.objects.get().pk, actor=admin, at=NOW)
    close_unit(police.unit.pk, moved_to=None, actor=admin, at=NOW)
