"""The audit entries about people and by people, in words: names instead of ids."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from linli.accounts.models import Remark, User
from linli.accounts.words import event_label
from linli.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as :file:`components/timeline.html` shows it."""

    at: datetime
    title: str
    by: str
    text: str
    light: str = ""


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the names of the people behind the ids."""
    wanted = {one for one in ids if one is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("id", "name"))


def account_history(user: User, role_ids: Sequence[UUID], limit: int = 30) -> list[Told]:
    """Return what happened to a person's account and roles, the latest first."""
    objects = [str(user.pk), *map(str, role_ids)]
    entries = list(Entry.objects.filter(object_id__in=objects).order_by("-id")[:limit])
    names = names_of(entry.actor for entry in entries)
    remarks = dict(
        Remark.objects.filter(entry__in=[e.pk for e in entries]).values_list("entry", "text")
    )
    return [
        Told(
            entry.at,
            event_label(entry.event),
            names.get(entry.actor, "") if entry.actor else "Linli",
            remarks.get(entry.pk, ""),
        )
        for entry in entries
    ]
