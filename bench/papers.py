"""How quickly a record saves itself and a file is bound: ``python -m bench.papers``.

On the database of LINLI_HOME, filled with ``linli demo``. One mediation is led to its agreement within
one transaction, measured, and rolled back. Saved is the record of a session as it grows to 20,000
signs, through the view and without HTTP; bound is a file of thirty pages, among them twelve photos of
twelve megapixels and a PDF of four pages. Prints one JSON object; milliseconds of one process.
"""

import io
import json
import os
import statistics
import time
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

SAVES = 100
SIGNS = 20_000
PHOTOS = 12
_LINE = "问：请您说明借款的经过。答：借条是我写的，钱已经用于周转，愿意分期归还。\n"


def main() -> None:
    """Measure on the instance of LINLI_HOME."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django

    django.setup()
    from linli.site.home import home
    from linli.site.postgres import attached

    with attached(home()):
        from django.db import transaction

        with transaction.atomic():
            found = _measured()
            transaction.set_rollback(True)
    print(json.dumps(found))


def _measured() -> dict[str, Any]:
    from django.utils import timezone

    from linli.accounts.queries import actor_of
    from linli.accounts.scope import acting
    from linli.mediation.models import Session

    committee, user = _somebody()
    actor = actor_of(user, date.today())  # noqa: DTZ011
    assert actor is not None
    with acting(actor):
        mediation = _mediation(committee, actor, timezone.now())
        session = Session.objects.get(mediation=mediation)
        saves = _saves(mediation, session, actor)
        _fill(mediation, actor)
        return {"save": saves, "file": _file(mediation, actor)}


def _somebody() -> tuple[Any, Any]:
    """Return a committee and one of its mediators."""
    from linli.accounts.models import Role
    from linli.mediation.models import Committee

    for committee in Committee.objects.select_related("unit").order_by("name"):
        role = Role.objects.filter(unit=committee.unit_id, kind="mediator", ends=None).first()
        if role is not None:
            return committee, role.user_id
    raise SystemExit("no committee has a mediator: fill LINLI_HOME with linli demo first")


def _mediation(committee: Any, actor: Any, at: Any) -> Any:
    """Return a mediation with one session held, at the desk of the committee itself."""
    from linli.accounts.actor import desk_actor
    from linli.accounts.scope import acting
    from linli.cases.actions.parties import PartyData
    from linli.cases.actions.register import Matter, register_case
    from linli.mediation.actions.accept import accept_mediation
    from linli.mediation.actions.apply import apply_for_mediation
    from linli.mediation.actions.hold import hold_session
    from linli.mediation.actions.opening import Opening
    from linli.mediation.actions.plan import Meeting

    unit = committee.unit
    desk, today = desk_actor(unit.id, unit.area_id), at.date()
    people = (
        PartyData(role="applicant", name="赵无名"),
        PartyData(role="respondent", name="孙无名"),
    )
    with acting(desk):
        matter = Matter(
            kind="dispute", category="contract", title="借款未还", area=unit.area_id,
            channel="window", parties=people,
        )  # fmt: skip
        case = register_case(matter, actor=desk, at=at)
        agreed = [(party.id, today) for party in case.parties.all()]
        opening = Opening(
            source="application", committee=committee.id, claimed=Decimal("10000.00"),
            brief=_LINE * 10, consents=agreed,
        )  # fmt: skip
        mediation = apply_for_mediation(case.id, opening, actor=desk, at=at)
    accept_mediation(mediation.id, actor=actor, at=at)
    meeting = Meeting(begins=at, ends=at + timedelta(hours=1), place="调解室")
    came = list(mediation.participants.values_list("id", flat=True))
    hold_session(mediation.id, came=came, meeting=meeting, actor=actor, at=at)
    return mediation


def _saves(mediation: Any, session: Any, actor: Any) -> dict[str, float]:
    from django.test import RequestFactory

    from linli.mediation.web.sessions import record

    factory, times, version = RequestFactory(), [], 0
    for turn in range(1, SAVES + 1):
        text = (_LINE * (SIGNS // len(_LINE)))[: SIGNS * turn // SAVES]
        form = {"record": text, "version": version, "joint_statement": ""}
        request = factory.post("/", form, headers={"accept": "application/json"})
        request.actor = actor  # type: ignore[attr-defined]
        began = time.perf_counter()
        answer = record(request, mediation.id, session.id)
        times.append((time.perf_counter() - began) * 1000)
        version = json.loads(answer.content)["version"]
    return _told(times)


def _fill(mediation: Any, actor: Any) -> None:
    """Put scans into the file: an identity paper, photos, a PDF."""
    from django.utils import timezone
    from PIL import Image
    from pypdf import PdfWriter

    from linli.cases.actions.attach import attach_case
    from linli.mediation.actions.add_paper import add_paper

    photo = io.BytesIO()
    noise = Image.effect_noise((1000, 750), 60).resize((4000, 3000)).convert("RGB")
    noise.save(photo, "JPEG", quality=90)
    writer, pdf = PdfWriter(), io.BytesIO()
    for _page in range(4):
        writer.add_blank_page(595, 842)
    writer.write(pdf)
    for turn in range(PHOTOS + 1):
        data = photo.getvalue() if turn else pdf.getvalue()
        at = timezone.now()
        row = attach_case(mediation.case_id, name=f"{turn}.jpg", data=data, actor=actor, at=at)
        kind = "evidence" if turn else "identity"
        add_paper(
            mediation.id, kind=kind, attachment=row.id, dated=at.date(), actor=actor, at=at
        )  # fmt: skip


def _file(mediation: Any, actor: Any) -> dict[str, Any]:
    from django.utils import timezone
    from pypdf import PdfReader

    from linli.mediation.actions.print_file import print_file

    times, spent, pages = [], [], 0
    for _turn in range(3):
        began, used = time.perf_counter(), time.process_time()
        data = print_file(mediation.id, actor=actor, at=timezone.now())
        times.append((time.perf_counter() - began) * 1000)
        spent.append((time.process_time() - used) * 1000)
        pages = len(PdfReader(io.BytesIO(data)).pages)
    return {"pages": pages, **_told(times), "cpu": round(statistics.median(spent))}


def _told(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 1),
        "p95": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))], 1),
    }


if __name__ == "__main__":
    main()
