"""A desk for tests: people signed in, cases brought to a state through the actions, stories checked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from linli.accounts.actor import Actor
from linli.accounts.scope import acting
from linli.audit.models import Entry
from linli.cases import lifecycle
from linli.cases.actions.accept import accept_case
from linli.cases.actions.assign import assign_case
from linli.cases.actions.close import close_case
from linli.cases.actions.extend import extend_case
from linli.cases.actions.follow_up import follow_up_case
from linli.cases.actions.resolve import resolve_case
from linli.cases.actions.return_ import return_case
from linli.cases.actions.suspend import suspend_case
from linli.cases.models import Case, Event
from linli.cases.queries.case import case_for
from linli.cases.queries.offers import verbs_for
from tests.cast import PEOPLE, Cast, make_case

BACKEND = "linli.accounts.backend.RoleBackend"
EVERYBODY = [name for name, _kind, _area in PEOPLE] + ["officer"]


@dataclass
class Desk:
    """The cast, with a signed-in client each."""

    cast: Cast
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """Return a person's signed-in client."""
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.cast.users[name], backend=BACKEND)
        return self.clients[name]

    def at(self, state: str, **fields: Any) -> Case:
        """Return a new case in ``state``: from the clerk to the village, where the mediator works."""
        case = self.by("clerk", make_case_now, self.cast, **fields)
        for name, act, arguments in _WAYS[state]:
            self.do(name, act, case, **arguments)
        return Case.objects.get(pk=case.id)

    def do(self, name: str, act: Callable[..., Any], case: Case, **arguments: Any) -> Case:
        """Let a person act on a case now, under their scope."""
        actor = self.cast.actor(name)
        with acting(actor):
            act(case.id, actor=actor, at=timezone.now(), **arguments)
        return Case.objects.get(pk=case.id)

    def by(self, name: str, act: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        """Call something under a person's scope."""
        with acting(self.cast.actor(name)):
            return act(*arguments, **more)

    def post(self, name: str, case: Case, verb: str, **data: Any) -> HttpResponse:
        """Send a verb's form for the version of ``case`` in hand."""
        data.setdefault("version", case.version)
        answer: Any = self.client(name).post(f"/cases/{case.id}/{verb}/", data)
        return answer

    def done(self, name: str, case: Case, verb: str, **data: Any) -> Case:
        """Send a verb's form, insist that it is done and recorded, and return the case."""
        answer = self.post(name, case, verb, **data)
        assert answer.status_code == 302, text_of(answer)
        told(case)
        last = Event.objects.filter(case=case).order_by("-id")[0]
        assert last.verb == verb
        assert last.actor_id == self.cast.users[name].id
        return Case.objects.get(pk=case.id)

    def offered_to(self, name: str, case: Case) -> set[str]:
        """Return the verbs a person's page offers; nothing where they do not see the case."""
        actor = self.cast.actor(name)
        with acting(actor):
            found = case_for(actor, case.id)
            return set(verbs_for(actor, *found, timezone.now())) if found else set()

    def who_may(self, case: Case, verb: str) -> set[str]:
        """Return the people to whom the page offers ``verb``."""
        return {name for name in EVERYBODY if verb in self.offered_to(name, case)}


def make_case_now(cast: Cast, **fields: Any) -> Case:
    """Register the usual case at this moment."""
    moment: datetime = fields.pop("at", timezone.now())
    return make_case(cast, at=moment, **fields)


def told(case: Case) -> list[str]:
    """Insist that timeline, audit and the table of moves tell one story; return its verbs."""
    events = list(Event.objects.filter(case=case).order_by("id"))
    verbs = [event.verb for event in events]
    assert lifecycle.replay(verbs) == Case.objects.get(pk=case.id).state
    audited = Entry.objects.filter(object_id=str(case.id)).order_by("id")
    heard = [entry for entry in audited if entry.event.removeprefix("case.") in lifecycle.MOVES]
    assert [entry.event for entry in heard] == [f"case.{verb}" for verb in verbs]
    return verbs


def text_of(answer: Any) -> str:
    """Return an answer's text."""
    return str(answer.content.decode())


def key_of(actor: Actor) -> UUID:
    """Return a signed-in actor's key."""
    assert actor.user_id is not None
    return actor.user_id


type Step = tuple[str, Callable[..., Any], dict[str, Any]]
_ASSIGNED: list[Step] = [("clerk", assign_case, {})]
_HANDLING: list[Step] = [*_ASSIGNED, ("mediator", accept_case, {})]
_RETURN: Step = ("mediator", return_case, {"note": "不归我管"})
_RESOLVED: list[Step] = [*_HANDLING, ("mediator", resolve_case, {"note": "双方和好"})]
_SATISFIED = {"way": "visit", "satisfaction": 5, "recurred": False}
_FOLLOWED: list[Step] = [*_RESOLVED, ("mediator", follow_up_case, _SATISFIED)]
_WAYS: dict[str, list[Step]] = {
    "registered": [],
    "assigned": _ASSIGNED,
    "returned": [*_ASSIGNED, _RETURN],
    "thrice returned": [*_ASSIGNED, _RETURN] * 3,
    "handling": _HANDLING,
    "asking": [*_HANDLING, ("mediator", extend_case, {"days": 5, "note": "等鉴定"})],
    "suspended": [*_HANDLING, ("mediator", suspend_case, {"note": "当事人住院"})],
    "resolved": _RESOLVED,
    "followed up": _FOLLOWED,
    "closed": [*_FOLLOWED, ("mediator", close_case, {})],
}
STATES = list(_WAYS)
