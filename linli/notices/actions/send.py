"""Send: tell people something, by the channels they take it by, in the caller's transaction.

In the app it is there when the transaction commits; what leaves the house is a row of the outbox
that the worker sends. The same occasion (``key``) is told to the same receiver once, however often
it is asked for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.kernel.crypto import blind_index, seal
from linli.kernel.ids import new_id
from linli.notices.addresses import address_of
from linli.notices.lifecycle import APP, INSIDE, KINDS, MAIL, ROBOT, SMS, VOICE
from linli.notices.models import Gateway, Message, Notice
from linli.notices.queries.setup import (
    Person,
    Said,
    habits,
    language_of,
    people,
    rest,
    robots,
    texts_of,
    wants,
    wishes,
)
from linli.notices.stream.publish import Nudge, publish_all
from linli.notices.texts import SUBJECT_LENGTH, filled


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a resident agreed to be told, or a desk is: e-mail, phone, or both."""

    email: str = ""
    phone: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One occasion and whom it is told to.

    ``about`` is the kind and id of what it is about, ``rule`` says why these people; ``to_units``
    are units whose group robots speak. An urgent one passes quiet hours and waits for nothing.
    """

    kind: str
    about: tuple[str, UUID | str]
    at: datetime
    to_users: Collection[UUID] = ()
    to_contact: Contact | None = None
    to_units: Collection[UUID] = ()
    key: str = ""
    rule: str = ""
    urgent: bool = False
    words: Mapping[str, Any] = field(default_factory=dict)
    # The kind of which this one tells many at once: people choose by that.
    folds: str = ""

    @property
    def choice(self) -> str:
        """Return the kind by which people and robots say whether they want it."""
        return self.folds or self.kind

    @property
    def occasion(self) -> str:
        """Return what makes it the same as another."""
        name, pk = self.about
        return f"{self.kind}:{self.key or f'{name}:{pk}:{self.at.isoformat()}'}"


def notify(
    template: str,
    *,
    about: tuple[str, UUID | str],
    at: datetime,
    to_users: Collection[UUID] = (),
    to_contact: Contact | None = None,
    to_units: Collection[UUID] = (),
    key: str = "",
    rule: str = "",
    urgent: bool = False,
    **words: Any,
) -> None:
    """Tell one occasion. ``template`` is a key of :data:`linli.notices.lifecycle.KINDS`.

    ``words`` fill the template's fields; ``link`` is made from ``about`` unless it is given.
    """
    notify_all(
        [
            Telling(
                template, about, at, to_users, to_contact, to_units, key, rule, urgent, words
            )
        ]
    )  # fmt: skip


@transaction.atomic
def notify_all(tellings: Sequence[Telling]) -> None:
    """Tell many occasions with a handful of statements."""
    if not tellings:
        return
    desk = _Desk(tellings)
    notices = [one for telling in tellings for one in desk.notices(telling)]
    messages = [one for telling in tellings for one in desk.messages(telling)]
    # Another telling of the same occasion has been there first: that one stands.
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=1000)
    Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=1000)
    told = {notice.user_id: notice for notice in notices}
    publish_all(
        [Nudge(f"person:{user}", "notice", {"urgent": one.urgent}) for user, one in told.items()],
        at=max(telling.at for telling in tellings),
    )


class _Desk:
    """What is needed to write notices, read once for all of them."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        users = {user for telling in tellings for user in telling.to_users}
        self.people = people(users) if users else {}
        self.wishes = wishes(users) if users else {}
        self.texts = texts_of({telling.kind for telling in tellings})
        self.habits = habits()
        self.rest = rest(users, self.habits)
        self._said: dict[tuple[int, str, str], Said | None] = {}

    @cached_property
    def robots(self) -> list[Gateway]:
        """The group robots in use."""
        return robots()

    def notices(self, telling: Telling) -> Iterable[Notice]:
        """Yield what stands in the app."""
        for person in self._readers(telling, APP):
            said = self._say(telling, APP, person.language)
            if said is None:
                continue
            yield Notice(
                user_id=person.id, kind=telling.kind, urgent=telling.urgent,
                subject=said[0][:SUBJECT_LENGTH], body=said[1],
                about_type=telling.about[0], about_id=str(telling.about[1]), rule=telling.rule,
                at=telling.at, key=telling.occasion,
            )  # fmt: skip

    def messages(self, telling: Telling) -> Iterable[Message]:
        """Yield what leaves the house."""
        for channel in (MAIL, SMS, VOICE):
            for person in self._readers(telling, channel):
                if to := person.address(channel):
                    yield from self._message(
                        telling, channel, f"user:{person.id}", to, person.language, person=person
                    )
        if contact := telling.to_contact:
            language = language_of(contact.language)
            ways = ((MAIL, contact.email), (SMS, contact.phone), (VOICE, contact.phone))
            for channel, to in ways:
                if to and channel in KINDS[telling.kind].channels:
                    target = blind_index(channel, to).hex()
                    yield from self._message(telling, channel, target, to, language)
        for robot in self.robots if telling.to_units else ():
            if telling.choice in robot.kinds and robot.unit_id in telling.to_units:
                yield from self._message(
                    telling, ROBOT, f"gateway:{robot.id}", "", language_of(""), gateway=robot
                )

    def _readers(self, telling: Telling, channel: str) -> Iterable[Person]:
        for user in telling.to_users:
            person = self.people.get(user)
            if person and wants(self.wishes, user, telling.choice, channel):
                yield person

    def _say(self, telling: Telling, channel: str, language: str) -> Said | None:
        place = (id(telling), channel, language)
        if place not in self._said:
            text = self.texts.get((telling.kind, channel, language))
            words = {"link": address_of(*telling.about), **telling.words}
            if channel != APP:
                words = {name: word for name, word in words.items() if name not in INSIDE}
            self._said[place] = text and (
                filled(text[0], words, language), filled(text[1], words, language),
            )  # fmt: skip
        return self._said[place]

    def _message(
        self, telling: Telling, channel: str, target: str, to: str, language: str,
        *, person: Person | None = None, gateway: Gateway | None = None,
    ) -> Iterable[Message]:  # fmt: skip
        said = self._say(telling, channel, language)
        if said is None:
            return
        pk, user = new_id(), person.id if person else None
        gathers = timedelta(minutes=self.habits.gather_minutes)
        leaves = telling.at if telling.to_contact else telling.at + gathers
        sealed = {"to": to, "subject": said[0], "body": said[1]}
        yield Message(
            id=pk, channel=channel, gateway=gateway, user_id=user, target=target,
            kind=telling.kind, language=language, urgent=telling.urgent,
            about_type=telling.about[0], about_id=str(telling.about[1]), rule=telling.rule,
            sealed=seal(sealed, pk.bytes), at=telling.at,
            not_before=telling.at if telling.urgent else self.rest.of(user).released(leaves),
            key=f"{channel}:{target}:{telling.occasion}",
        )  # fmt: skip
