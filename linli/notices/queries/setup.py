"""How the city set its notices up: texts, habits, who wants what, and the ways out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from linli.accounts.models import User
from linli.notices.lifecycle import APP, KINDS, LANGUAGES, MAIL, SMS, VOICE
from linli.notices.models import Gateway, Habits, Preference, QuietHours, Text
from linli.notices.quiet import Quiet, Rest

ROBOTS = ("wecom", "dingtalk")


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague as a receiver."""

    id: UUID
    name: str
    email: str
    phone: str
    language: str

    def address(self, channel: str) -> str:
        """Return where a channel reaches them; empty where it does not."""
        return {MAIL: self.email, SMS: self.phone, VOICE: self.phone}.get(channel, "")


type Said = tuple[str, str]
type Texts = Mapping[tuple[str, str, str], Said]


def language_of(wanted: str) -> str:
    """Return the language texts are kept in that is nearest to a wanted one."""
    wanted = (wanted or settings.LANGUAGE_CODE).lower()
    return next((one for one in LANGUAGES if wanted.startswith(one[:2])), LANGUAGES[0])


def texts_of(kinds: Collection[str]) -> Texts:
    """Return (kind, channel, language) → subject and text."""
    rows = Text.objects.filter(kind__in=kinds)
    return {
        (kind, channel, language): (subject, body)
        for kind, channel, language, subject, body in rows.values_list(
            "kind", "channel", "language", "subject", "body"
        )
    }


def people(ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Return those of ``ids`` who may still sign in."""
    rows = User.objects.filter(pk__in=list(ids), is_active=True).values_list(
        "id", "name", "email", "phone", "language"
    )
    return {
        pk: Person(pk, name, email, phone, language_of(language))
        for pk, name, email, phone, language in rows
    }


def wishes(users: Iterable[UUID]) -> dict[tuple[UUID, str, str], bool]:
    """Return where people depart from the defaults: (user, kind, channel) → wanted."""
    rows = Preference.objects.filter(user__in=list(users))
    return {
        (user, kind, channel): wanted
        for user, kind, channel, wanted in rows.values_list("user", "kind", "channel", "wanted")
    }


def wants(
    chosen: Mapping[tuple[UUID, str, str], bool], user: UUID, kind: str, channel: str
) -> bool:
    """Say whether a person takes this kind by this channel."""
    return chosen.get((user, kind, channel), channel in KINDS[kind].channels)


def habits() -> Habits:
    """Return the city's habits."""
    return Habits.objects.get(pk=1)


def rest(users: Iterable[UUID], of_city: Habits | None = None) -> Rest:
    """Return the city's quiet hours with those of ``users``."""
    city = of_city or habits()
    own = QuietHours.objects.filter(user__in=list(users))
    return Rest(
        Quiet(city.quiet_from, city.quiet_until),
        {row.user_id: Quiet(row.quiet_from, row.quiet_until) for row in own},
    )


def robots() -> list[Gateway]:
    """Return the group robots in use."""
    return list(Gateway.objects.filter(sort__in=ROBOTS, is_on=True).order_by("id"))


def gateways() -> list[Gateway]:
    """Return all ways out, by sort and name."""
    return list(Gateway.objects.select_related("unit").order_by("sort", "name", "id"))


def offered_channels() -> list[str]:
    """Return the channels a person chooses between."""
    return [APP, MAIL, SMS]
