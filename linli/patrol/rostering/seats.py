"""Who of a team goes out with it: all who are there, but for wishes that can be met."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Member:
    """A member on one day: what they can, and whether they would rather be off."""

    key: str
    skills: frozenset[str] = frozenset()
    wants_off: bool = False


@dataclass(frozen=True, slots=True)
class Crew:
    """Who goes, who stays off as wished, and whose wish could not be met."""

    going: tuple[str, ...]
    off: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    skills: frozenset[str] = field(default=frozenset())


def seat(
    members: Iterable[Member], strength: int, wanted: Iterable[str] = (),
    denied_before: Mapping[str, int] | None = None,
) -> Crew:  # fmt: skip
    """Return the crew of a shift.

    Whoever was denied most before is let off first. ``wanted`` are skills that must not leave with
    them: the last one who has a wanted skill stays.
    """
    going = {member.key: member for member in members}
    waited = denied_before or {}
    asking = sorted(
        (member for member in going.values() if member.wants_off),
        key=lambda member: (-waited.get(member.key, 0), member.key),
    )
    needed = frozenset(wanted)
    off, denied = [], []
    for member in asking:
        others = frozenset().union(
            *(other.skills for key, other in going.items() if key != member.key)
        )
        if len(going) > strength and not (needed & member.skills) - others:
            del going[member.key]
            off.append(member.key)
        else:
            denied.append(member.key)
    skills = frozenset().union(*(member.skills for member in going.values()))
    return Crew(tuple(sorted(going)), tuple(off), tuple(denied), skills)
