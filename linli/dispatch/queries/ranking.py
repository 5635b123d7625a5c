"""Who should go, and why: from run cards and units to a proposal. Plain values, no database.

Units are ranked, never scored: first those that have everything the card asks for, then the nearest.
A unit that can't be sent is named with what stands against it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from linli.dispatch.choices import UnitKind
from linli.dispatch.lifecycle import AVAILABLE

# A reason as it is kept: its code, and what fills its sentence. See :mod:`linli.dispatch.reasons`.
type Reason = tuple[str, str | int]
FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Need:
    """One line of a run card: so many units of a kind, with these skills and this equipment."""

    kind: str
    count: int
    skills: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit as it stands. ``seconds`` is the way there, None where it has none or nobody knows.

    ``way`` says how that is known: ``turns`` (by road, turns and lights counted), ``road``, ``line``
    (no map), ``none`` (no way there), or ``""`` (its place is not known). ``seen`` is how many
    seconds ago its phone told where it is, None where its post was taken. ``here`` is a unit that is
    out to this incident, ``declined`` one that was.
    """

    id: UUID
    name: str
    kind: str
    status: str = AVAILABLE
    shared: bool = False
    skills: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    seconds: float | None = None
    way: str = ""
    seen: int | None = None
    here: bool = False
    declined: bool = False
    why_out: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit that can go, with the reasons for it (and what it lacks)."""

    unit: Candidate
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What is proposed for one need. ``already`` are out to it; ``missing`` is what nobody can fill."""

    need: Need
    chosen: tuple[Ranked, ...]
    others: tuple[Ranked, ...]
    excluded: tuple[Ranked, ...]
    already: tuple[Candidate, ...] = ()

    @property
    def missing(self) -> int:
        """How many units are still wanting."""
        return max(0, self.need.count - len(self.already) - len(self.chosen))


@dataclass(slots=True)
class _Desk:
    """Units by kind, and those that a line has taken already."""

    units: Mapping[str, Sequence[Candidate]]
    taken: set[UUID] = field(default_factory=set)


def propose(needs: Sequence[Need], units: Iterable[Candidate]) -> list[Line]:
    """Return a line for each need, in their order; no unit is chosen twice.

    Whoever asks for more is served first, so that a plain need does not take the specialist.
    """
    by_kind: dict[str, list[Candidate]] = {}
    for unit in units:
        by_kind.setdefault(unit.kind, []).append(unit)
    desk = _Desk(by_kind)
    order = sorted(range(len(needs)), key=lambda n: -_asks(needs[n]))
    lines = {n: _line(needs[n], desk) for n in order}
    chosen = {one.unit.id for line in lines.values() for one in line.chosen}
    return [_without(lines[n], chosen) for n in range(len(needs))]


def shortlist(lines: Iterable[Line], spare: int, most: int) -> list[UUID]:
    """Return whom to look at in detail: for each need the chosen and ``spare`` more, by road.

    At most ``most`` in all, the chosen of every need before the spares of any; liaisons are asked by
    telephone, however far they are.
    """
    told = list(lines)
    ranked = [one for line in told for one in line.chosen]
    ranked += [one for line in told for one in line.others[:spare]]
    found = [one.unit.id for one in ranked if one.unit.way == "road" and not one.unit.shared]
    return list(dict.fromkeys(found))[:most]


def against(unit: Candidate) -> Reason | None:
    """Return what stands against sending a unit at all; None where nothing does."""
    if unit.status != AVAILABLE:
        return (unit.status, unit.why_out)
    if unit.declined:
        return ("declined", "")
    if unit.way == "none" and not unit.shared:
        return ("no_way", "")
    return None


def lacks(need: Need, unit: Candidate) -> list[str]:
    """Return the codes of what the need asks for and the unit has not."""
    return sorted((need.skills - unit.skills) | (need.equipment - unit.equipment))


def _asks(need: Need) -> int:
    return len(need.skills) + len(need.equipment)


def _line(need: Need, desk: _Desk) -> Line:
    there = desk.units.get(need.kind, ())
    already = [one for one in there if one.here and one.id not in desk.taken][: need.count]
    able, out = [], []
    for unit in there:
        if unit.here or unit.id in desk.taken:
            continue
        if reason := against(unit):
            out.append(Ranked(unit, (reason,)))
        else:
            able.append(unit)
    able.sort(key=lambda unit: _order(need, unit))
    ranked = [Ranked(unit, reasons(need, unit)) for unit in able]
    wanted = need.count - len(already)
    desk.taken |= {one.id for one in already} | {one.unit.id for one in ranked[:wanted]}
    out.sort(key=lambda one: (one.unit.seconds is None, one.unit.seconds or 0.0, one.unit.name))
    return Line(need, tuple(ranked[:wanted]), tuple(ranked[wanted:]), tuple(out), tuple(already))


def _without(line: Line, chosen: set[UUID]) -> Line:
    """A unit that another line has chosen is no alternative here."""
    others = tuple(one for one in line.others if one.unit.id not in chosen)
    return Line(line.need, line.chosen, others, line.excluded, line.already)


def _order(need: Need, unit: Candidate) -> tuple[int, bool, float, str, UUID]:
    seconds = FAR if unit.seconds is None else unit.seconds
    # Those looked at in detail were the nearest: what a turn costs them puts nobody before them
    # who was only counted on the network.
    return (len(lacks(need, unit)), unit.way != "turns", seconds, unit.name, unit.id)


def reasons(need: Need, unit: Candidate) -> tuple[Reason, ...]:
    """Return why the unit, in the order it is said."""
    found: list[Reason] = [("liaison" if unit.shared else "on_shift", "")]
    found += [("has", code) for code in sorted(need.skills | need.equipment) if _has(unit, code)]
    found += [("lacks", code) for code in lacks(need, unit)]
    if not unit.shared or unit.kind not in {UnitKind.POLICE, UnitKind.FIRE, UnitKind.MEDICAL}:
        found.append(_way(unit))
        if unit.seconds is not None:
            found.append(("from_post", "") if unit.seen is None else ("from_phone", unit.seen))
    return tuple(found)


def _has(unit: Candidate, code: str) -> bool:
    return code in unit.skills or code in unit.equipment


def _way(unit: Candidate) -> Reason:
    if unit.seconds is None:
        return ("place_unknown", "")
    return (unit.way, round(unit.seconds))
