"""Inspections: every line is answered, what is wrong is a hazard with a case, the next is due."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from linli.audit.models import Entry
from linli.cases.files import checked
from linli.cases.models import Attachment, Case
from linli.kernel.errors import Invalid, NotFound, NotPermitted
from linli.premises.actions.inspect import Line, inspect_premises
from linli.premises.models import Answer, Event, Hazard, Premises, StoredFile
from linli.premises.tests.town import Town
from tests.cast import GRID, LONGMENLI


def picture() -> bytes:
    """Return a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(out, "PNG")
    return out.getvalue()


def test_what_is_wrong_becomes_a_hazard_with_a_case(town: Town) -> None:
    hazard = town.hazard()
    case = Case.objects.get(pk=hazard.case_id)
    assert (hazard.state, hazard.due_on) == ("open", date(2026, 3, 17))
    assert (case.kind, case.category_id, case.state) == ("hazard", "fire", "registered")
    assert case.title.startswith("示例宾馆: 灭火器")
    assert case.holder == town.cast.posts[GRID]
    entry: Any = Entry.objects.get(event="premises.hazard")
    assert entry.facts["case"] == str(case.id)
    assert entry.actor == town.cast.users["grid_worker"].id


def test_the_next_inspection_is_due_after_the_kinds_interval(town: Town) -> None:
    place = town.place(inspection_due=date(2026, 3, 10))
    town.act("village_director", inspect_premises, place.id, town.lines())
    place.refresh_from_db()
    assert (place.inspected_on, place.inspection_due) == (date(2026, 3, 10), date(2026, 6, 8))
    assert Answer.objects.filter(inspection__premises=place, fine=True).count() == len(town.lines())
    assert [event.what for event in Event.objects.filter(premises=place)] == ["inspected"]
    assert not Hazard.objects.exists()


def test_a_line_left_out_and_a_hazard_without_words_are_refused(town: Town) -> None:
    place = town.place()
    lines = town.lines()
    first, second, *_others = lines
    del lines[first]
    lines[second] = Line(fine=False)
    with pytest.raises(Invalid) as refusal:
        town.act("village_director", inspect_premises, place.id, lines)
    assert set(refusal.value.fields) == {f"fine_{first}", f"note_{second}"}


def test_who_inspects(town: Town) -> None:
    place = town.place()
    with pytest.raises(NotPermitted):
        town.act("clerk", inspect_premises, place.id, town.lines())
    with pytest.raises(NotFound):
        town.act("officer", inspect_premises, place.id, town.lines())
    Premises.objects.update(department=town.cast.justice)
    town.act("officer", inspect_premises, place.id, town.lines("灭火器"))
    # Another body told us, and its officer needs no desk of ours for it.
    assert Hazard.objects.get().case.channel == "other"


def test_a_photo_proves_it_here_and_in_the_case(town: Town, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    place = town.place()
    lines = town.lines("灭火器")
    bad = next(item for item, line in lines.items() if not line.fine)
    lines[bad] = Line(fine=False, note="过期", photo=("a/灭火器.png", checked(picture())))
    town.act("village_director", inspect_premises, place.id, lines)
    file = StoredFile.objects.get()
    assert (file.name, file.content_type) == ("灭火器.png", "image/png")
    assert Attachment.objects.get().sha256 == file.sha256
    assert file.about == Answer.objects.get(fine=False).id


def test_a_place_below_is_inspected_by_who_reaches_it(town: Town) -> None:
    place = town.place(area_id=LONGMENLI)
    with pytest.raises(NotFound):
        town.act("grid_worker", inspect_premises, place.id, town.lines())
