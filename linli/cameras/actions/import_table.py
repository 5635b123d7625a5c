"""Import: thousands of cameras from a table; what is there already is changed, not added again."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.accounts.scope import in_area
from linli.accounts.sheets import Row
from linli.areas.coordinates import Datum
from linli.areas.models import Area, Unit, UnitKind
from linli.audit.bulk import BulkEntry
from linli.audit.record import record, record_all
from linli.cameras import lifecycle
from linli.cameras.actions.change import rewrite
from linli.cameras.actions.describe import Around, CameraData, check, cleaned, write
from linli.cameras.actions.register import due_after
from linli.cameras.actions.set_source import SourceData, made
from linli.cameras.actions.watch import LOOKED_AT
from linli.cameras.limits import Net
from linli.cameras.models import Camera, Contract, Health, Source
from linli.cameras.policy import may_keep, visible_to
from linli.cameras.queries.limits import networks
from linli.cameras.queries.units import kept_codes
from linli.cameras.sheet import Read, read_row
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date

_BATCH = 500


@dataclass(slots=True)
class Planned:
    """One row: what would be done, or why it can't be. ``known`` is the camera with its code."""

    number: int
    code: str
    faults: list[str] = field(default_factory=list)
    data: CameraData | None = None
    around: Around | None = None
    known: Camera | None = None
    source: SourceData | None = None


@dataclass(slots=True)
class Outcome:
    """What an import did."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: int = 0


class _Names:
    """What the rows of a table name, read once for all of them."""

    def __init__(self, rows: Sequence[tuple[int, Row]], actor: Actor, today: date) -> None:
        self.actor, self.today = actor, today
        codes = kept_codes(actor) if not actor.is_system else [""]
        self.areas: defaultdict[str, list[Area]] = defaultdict(list)
        self.units: defaultdict[str, list[Unit]] = defaultdict(list)
        for code in codes:
            for area in Area.objects.filter(in_area(code, "code"), abolished_on=None).only(
                "code", "name"
            ):
                self.areas[area.code].append(area)
                self.areas[area.name].append(area)
            around = Unit.objects.filter(in_area(code, "area_id"), closed_on=None)
            for unit in around.exclude(kind=UnitKind.GRID):
                self.units[unit.name].append(unit)
        given = {row.get("code", "") for _number, row in rows}
        found = Camera.objects.filter(visible_to(actor), code__in=given, retired_on=None)
        self.known = {camera.code: camera for camera in found.select_related("owner", "managing")}

    def area(self, text: str) -> Area:
        """Return the one area a text means."""
        return _only(self.areas.get(text, []), text, _("“%(text)s” is no area within yours."))

    def unit(self, text: str) -> Unit:
        """Return the one unit a text means."""
        return _only(self.units.get(text, []), text, _("“%(text)s” is no unit within your area."))


def _only[T](found: Sequence[T], text: str, none: str) -> T:
    if not found:
        raise Invalid(none % {"text": text})
    if len(found) > 1:
        raise Invalid(_("“%(text)s” is the name of several.") % {"text": text})
    return found[0]


def plan_import(
    rows: Sequence[tuple[int, Row]], *, datum: Datum, actor: Actor, at: datetime
) -> list[Planned]:
    """Say for every row what the import would do. Reads only, a few statements for all rows."""
    today, allowed = local_date(at), networks()
    names = _Names(rows, actor, today)
    seen: dict[str, int] = {}
    plan = []
    for number, row in rows:
        planned = Planned(number, row.get("code", "")[:40])
        read = read_row(row, datum, today)
        planned.faults += read.faults
        if not read.faults:
            try:
                _judge(planned, row, read, names)
                _judge_source(planned, row, allowed, at)
            except Invalid as refusal:
                told = [str(text) for text in refusal.fields.values()]
                planned.faults += told or [str(refusal.reason)]
        if planned.code in seen and not planned.faults:
            first = {"row": seen[planned.code]}
            planned.faults.append(_("Row %(row)d has the same code.") % first)
        seen.setdefault(planned.code, number)
        plan.append(planned)
    return plan


def _judge(planned: Planned, row: Row, read: Read, names: _Names) -> None:
    actor, today = names.actor, names.today
    area, owner = names.area(row.get("area", "")), names.unit(row.get("owner", ""))
    managing = names.unit(row["managing"]) if row.get("managing") else owner
    data = cleaned(
        CameraData(
            code=row.get("code", ""), name=row.get("name", ""), area=area.code,
            place_kind=read.place_kind, legal_class=read.legal_class, owner=owner.id,
            managing=managing.id, purpose=row.get("purpose", ""), latitude=read.latitude,
            longitude=read.longitude, storage_days=read.storage_days,
            installed_on=read.installed_on or today, place=row.get("place", "")[:120],
            height=read.numbers["height"], heading=read.numbers["heading"],
            angle=read.numbers["angle"], reach=read.numbers["reach"],
            company=row.get("company", "")[:80],
            contract_number=row.get("contract_number", "")[:60],
            contract_phone=row.get("contract_phone", "")[:30], contract_until=read.contract_until,
        )
    )  # fmt: skip
    check(data, today)
    planned.around = Around(area, owner, managing)
    planned.known = names.known.get(data.code)
    held = planned.known
    allowed = may_keep(actor, area.code, of_centre=planned.around.of_centre) and (
        held is None or may_keep(actor, held.area_id, of_centre=held.of_centre)
    )
    if not allowed:
        raise Invalid(_("This camera's entry is kept by others."))
    planned.data = data


def _judge_source(planned: Planned, row: Row, allowed: Sequence[Net], at: datetime) -> None:
    if not row.get("address"):
        return
    protocol = (row.get("protocol") or row["address"].partition(":")[0]).lower()
    given = SourceData(
        protocol={"http": "hls", "https": "hls"}.get(protocol, protocol), address=row["address"],
        user=row.get("user", ""), password=row.get("password", ""),
    )  # fmt: skip
    made(Camera(), given, allowed, at=at, position=0)
    planned.source = given


def import_cameras(
    plan: Sequence[Planned], *, actor: Actor, at: datetime,
    tick: Callable[[int], None] = lambda _done: None,
) -> Outcome:  # fmt: skip
    """Do what :func:`plan_import` says, some hundred rows a transaction; wrong rows are left out.

    Stopped anywhere and begun anew it finds what is in already. ``tick`` is told the rows done.
    """
    outcome = Outcome(wrong=sum(bool(one.faults) for one in plan))
    good = [one for one in plan if not one.faults]
    done = outcome.wrong
    contracts: dict[tuple[UUID, str], Contract] = {}
    allowed = networks()
    for some in batched(good, _BATCH):
        fresh = [one for one in some if one.known is None]
        known = [one for one in some if one.known is not None]
        with transaction.atomic():
            entries = [
                *_add(fresh, contracts, outcome, actor, at),
                *_change(known, contracts, outcome, actor, at),
            ]
            _give_sources(some, allowed, at)
            if entries:
                record_all(entries)
        done += len(some)
        tick(done)
    facts = {"added": outcome.added, "changed": outcome.changed, "wrong": outcome.wrong}
    with transaction.atomic():
        record("cameras", "import", "cameras.import", actor=actor.user_id, at=at, facts=facts)
    return outcome


type _Contracts = dict[tuple[UUID, str], Contract]


def _add(
    some: Sequence[Planned], contracts: _Contracts, outcome: Outcome, actor: Actor, at: datetime
) -> Iterator[BulkEntry]:
    rows = []
    for one in some:
        if one.data is None or one.around is None:
            continue
        camera = Camera(filing_due=due_after(one.data.installed_on))
        write(camera, one.data, one.around, _contract(one, contracts))
        one.known = camera
        rows.append(camera)
    Camera.objects.bulk_create(rows)
    outcome.added += len(rows)
    for camera in rows:
        facts = {"code": camera.code, "area": camera.area_id, "due": camera.filing_due}
        yield BulkEntry("camera", camera.id, "camera.register", actor.user_id, at, facts)


def _change(
    some: Sequence[Planned], contracts: _Contracts, outcome: Outcome, actor: Actor, at: datetime
) -> Iterator[BulkEntry]:
    for one in some:
        if one.data is None or one.around is None or one.known is None:
            continue
        contract = _contract(one, contracts)
        changed = rewrite(one.known, one.data, one.around, contract, local_date(at))
        if not changed:
            outcome.unchanged += 1
            continue
        one.known.save()
        outcome.changed += 1
        facts = {"changed": changed, "due": one.known.filing_due}
        yield BulkEntry("camera", one.known.id, "camera.change", actor.user_id, at, facts)


def _contract(one: Planned, contracts: _Contracts) -> Contract | None:
    if one.data is None or one.around is None or not one.data.contract_number:
        return None
    key = (one.around.owner.id, one.data.contract_number)
    if key not in contracts:
        said = {
            "company": one.data.company,
            "phone": one.data.contract_phone,
            "until": one.data.contract_until,
        }
        contracts[key], _made = Contract.objects.update_or_create(
            owner=one.around.owner, number=one.data.contract_number, defaults=said
        )
    return contracts[key]


def _give_sources(some: Sequence[Planned], allowed: Sequence[Net], at: datetime) -> None:
    """Give the first source to cameras that have none, and have them looked at."""
    wanted = {one.known.id: one for one in some if one.known is not None and one.source is not None}
    held = set(Source.objects.filter(camera__in=wanted).values_list("camera", flat=True))
    rows = [
        made(one.known, one.source, allowed, at=at, position=0)
        for key, one in wanted.items()
        if key not in held and one.known is not None and one.source is not None
    ]
    Source.objects.bulk_create(rows)
    Health.objects.bulk_create(
        (
            Health(
                camera_id=row.camera_id, state=lifecycle.UNKNOWN, since=at, due_at=at,
                picture_due_at=at,
            )
            for row in rows
            if row.protocol in LOOKED_AT
        ),
        ignore_conflicts=True,
    )  # fmt: skip
