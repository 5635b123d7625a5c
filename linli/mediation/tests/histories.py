"""Random mediations and what happens to them, written straight into the tables; a count by hand."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from django.db.models import Max

from linli.cases.models import Category, Party
from linli.kernel.periods import Period
from linli.kernel.working_days import local_date
from linli.mediation import lifecycle
from linli.mediation.choices import Averted, Form, Source
from linli.mediation.models import Committee, Event, Mediation, Participant
from linli.mediation.tests.table import Table
from tests.cast import BEIJING_ROAD, COUNTY, GRID, GUANGZHOU_ROAD, LONGMENLI, OTHER_VILLAGE

NOW = datetime(2026, 3, 20, 4, 0, tzinfo=UTC)
PLACES = [GRID, LONGMENLI, OTHER_VILLAGE, BEIJING_ROAD]
AREAS = [*PLACES, GUANGZHOU_ROAD, COUNTY, "6203", "62"]
TYPES = ["neighbour", "family", None]
OWN_TYPE = "noise"


def subtype() -> None:
    """Add a type of the city's own under an official one."""
    Category.objects.create(code=OWN_TYPE, kind="dispute", parent_id="neighbour", name="噪音")


def add_mediation(random: Random, table: Table) -> Mediation:
    """Save a mediation of a new case, opened in the three months before NOW."""
    case = table.at("handling")
    mediation = Mediation(
        case=case, committee=table.committee, state="accepted", source="own",
        opened_at=NOW - timedelta(minutes=random.randrange(60 * 24 * 90)),
    )  # fmt: skip
    change_mediation(random, mediation, force=True)
    change_case(random, mediation)
    return mediation


def change_mediation(random: Random, mediation: Mediation, *, force: bool = False) -> None:
    """Give a mediation another committee, source, state and outcome."""
    mediation.committee = random.choice(list(Committee.objects.order_by("word")))
    mediation.source = random.choice(Source.values)
    mediation.state = random.choice(lifecycle.STATES)
    mediation.accepted_on = mediation.effective_on = local_date(NOW)
    mediation.archived_at = NOW
    mediation.form = random.choice(["", *Form.values])
    mediation.hard = random.random() < 0.2
    mediation.averted = random.choice(["", "", *Averted.values])
    mediation.averted_persons = random.randrange(3)
    mediation.amount = random.choice([None, Decimal("1200.50"), Decimal("80.00")])
    mediation.save(force_insert=force)
    beside = lifecycle.CASE_STATES[mediation.state]
    mediation.case.state = "handling" if "handling" in beside else "resolved"
    mediation.case.resolved_at = NOW
    mediation.case.save()
    if mediation.state == "archived":
        Event.objects.create(
            mediation=mediation, verb="archive", at=NOW, to_state="archived",
            from_state=random.choice(["followed_up", "failed"]),
        )  # fmt: skip


def change_case(random: Random, mediation: Mediation) -> None:
    """Move the case elsewhere or call it something else."""
    case = mediation.case
    case.area_id = random.choice(PLACES)
    own = list(Category.objects.filter(code=OWN_TYPE).values_list("code", flat=True))
    case.category_id = random.choice([*TYPES, *own])
    case.save()


def change_parties(random: Random, mediation: Mediation) -> None:
    """Let somebody join, speak for others, or leave."""
    there = list(Participant.objects.filter(mediation=mediation).order_by("id"))
    if there and random.random() < 0.4:
        one = random.choice(there)
        if random.random() < 0.3:
            one.delete()
        else:
            one.left_on = random.choice([None, local_date(NOW)])
            one.stands_for = random.randrange(1, 9)
            one.save()
        return
    party = Party.objects.filter(case=mediation.case).first()
    if party is None or random.random() < 0.5:
        party = Party.objects.create(case=mediation.case, role="applicant")
    part = random.choice(["party", "representative", "witness"])
    same = Participant.objects.filter(mediation=mediation, party=party, part=part)
    if not same.exists():
        Participant.objects.create(
            mediation=mediation, party=party, part=part, stands_for=random.randrange(1, 5)
        )


def do_something(random: Random, table: Table) -> None:
    """Add or change a mediation, its case, its people, a committee or a type."""
    some = list(Mediation.objects.select_related("case").order_by("id")[:20])
    if not some or random.random() < 0.35:
        add_mediation(random, table)
        return
    one = random.choice(some)
    match random.randrange(6):
        case 0 | 1:
            change_mediation(random, one)
        case 2:
            change_case(random, one)
        case 3:
            change_parties(random, one)
        case 4:
            kind = random.choice(["village", "street", "social"])
            Committee.objects.filter(pk=one.committee_id).update(kind=kind)
        case 5:
            parent = random.choice(["neighbour", "family"])
            Category.objects.filter(code=OWN_TYPE).update(parent=parent)


type Row = tuple[str, str, int, int, int, Decimal, int, int]


def counted_by_hand(area: str, period: Period) -> set[Row]:
    """Return (facet, value, mediations, resolved, hard, amount, parties, persons), one by one."""
    sums: dict[tuple[str, str], list[int | Decimal]] = {}
    found = Mediation.objects.filter(case__area__code__startswith=area)
    for one in found.select_related("case__category", "committee"):
        if not period.since <= local_date(one.opened_at) < period.until:
            continue
        resolved = _resolved(one)
        category = one.case.category
        values = [
            ("type", (category.parent_id or category.code) if category else ""),
            ("source", one.source),
            ("committee", one.committee.kind),
        ]
        values += [("form", one.form)] if resolved else []
        values += [("averted", one.averted)] if one.averted else []
        more = [
            1, int(resolved), int(one.hard), (one.amount or 0) if resolved else 0, _parties(one),
            one.averted_persons,
        ]  # fmt: skip
        for key in values:
            row = sums.setdefault(key, [0] * 6)
            sums[key] = [a + b for a, b in zip(row, more, strict=True)]
    return {(*key, *row) for key, row in sums.items()}  # type: ignore[misc]


def _resolved(mediation: Mediation) -> bool:
    if mediation.state != "archived":
        return mediation.state in lifecycle.SUCCEEDED
    put_away = Event.objects.filter(mediation=mediation, verb="archive")
    return put_away.filter(from_state="followed_up").exists()


def _parties(mediation: Mediation) -> int:
    there = Participant.objects.filter(
        mediation=mediation, part__in=["party", "representative"], left_on=None
    )
    speaking = there.values("party").annotate(most=Max("stands_for"))
    return sum(row["most"] for row in speaking)
