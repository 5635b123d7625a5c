"""Import people: accounts and roles from a table; what is already there is not added again."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from linli.accounts.actions.create_person import NewPerson, check_person, create_person
from linli.accounts.actions.grant_role import NewRole, Place, check_role, held_already, save_role
from linli.accounts.actor import Actor
from linli.accounts.models import PeopleImport, User
from linli.accounts.policy import administered, may_administer_person
from linli.accounts.sheets import Row, day_in, role_named
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotPermitted, Refused
from linli.kernel.working_days import local_date

type Effect = Literal["person", "role", "nothing", "wrong"]


@dataclass(slots=True)
class Planned:
    """One row: what would be done, or why it can't be."""

    number: int
    row: Row
    effect: Effect = "wrong"
    errors: list[str] = field(default_factory=list)
    person: NewPerson | None = None
    role: NewRole | None = None
    place: Place | None = None
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A new account and its one-time password."""

    name: str
    username: str
    password: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did."""

    people: list[Made]
    roles: int
    unchanged: int
    wrong: int


def plan_import(rows: Sequence[tuple[int, Row]], *, actor: Actor, at: datetime) -> list[Planned]:
    """Say for every row what the import would do. Reads only."""
    if not actor.is_system and not administered(actor):
        raise NotPermitted(_("Only administrators manage people."))
    today = local_date(at)
    names = {row.get("username", "").lower() for _number, row in rows}
    named = User.objects.annotate(folded=Lower("username")).filter(folded__in=names)
    users: dict[str, User] = {user.username.lower(): user for user in named}
    coming: dict[str, list[Planned]] = {}
    plan = []
    for number, row in rows:
        planned = Planned(number, row)
        try:
            _judge(planned, users, coming, actor, today)
        except Invalid as refusal:
            planned.errors += [str(text) for text in refusal.fields.values()] or [str(refusal)]
        except Refused as refusal:
            planned.errors.append(str(refusal.reason))
        if planned.errors:
            planned.effect = "wrong"
        plan.append(planned)
    return plan


@transaction.atomic
def import_people(rows: Sequence[tuple[int, Row]], *, actor: Actor, at: datetime) -> Outcome:
    """Do what :func:`plan_import` says; rows that are wrong are left out."""
    outcome = bring_in(rows, actor=actor, at=at)
    record_import("import", outcome, len(outcome.people), actor=actor, at=at)
    return outcome


def bring_in(rows: Sequence[tuple[int, Row]], *, actor: Actor, at: datetime) -> Outcome:
    """Bring some rows of a table in, within the caller's transaction."""
    plan = plan_import(rows, actor=actor, at=at)
    made: list[Made] = []
    users: dict[str, User] = {}
    roles = 0
    for planned in plan:
        if planned.effect == "person" and planned.person and planned.role:
            user, password = create_person(planned.person, planned.role, actor=actor, at=at)
            users[user.username.lower()] = user
            made.append(Made(user.name, user.username, password))
            roles += 1
        elif planned.effect == "role" and planned.person and planned.role and planned.place:
            owner = planned.user or users[planned.person.username.lower()]
            save_role(owner, planned.role, planned.place, actor, at)
            roles += 1
    return Outcome(
        people=made,
        roles=roles,
        unchanged=sum(planned.effect == "nothing" for planned in plan),
        wrong=sum(planned.effect == "wrong" for planned in plan),
    )


def record_import(
    name: str, outcome: Outcome | PeopleImport, people: int, *, actor: Actor, at: datetime
) -> None:
    """Write down that a table was brought in, and how much it brought."""
    facts = {"people": people, "roles": outcome.roles, "wrong": outcome.wrong}
    record("people", name, "people.import", actor=actor.user_id, at=at, facts=facts)


def _judge(
    planned: Planned,
    users: dict[str, User],
    coming: dict[str, list[Planned]],
    actor: Actor,
    today: date,
) -> None:
    """Fill in what the row means and what it would do; raises a refusal with the reason."""
    row = planned.row
    planned.person = NewPerson(
        row.get("username", ""), row.get("name", ""), row.get("email", ""), row.get("phone", "")
    )
    key = planned.person.username.lower()
    planned.role = _role_of(planned, today)
    if planned.errors or planned.role is None:
        return
    planned.place = check_role(planned.role, actor, today)
    known = users.get(key)
    if known is not None:
        _judge_known(planned, known, actor, today)
    elif key in coming:
        first = coming[key][0]
        if first.row.get("name") != row.get("name"):
            number = first.number
            planned.errors.append(
                _("The sign-in name stands in row %(number)s with another name.")
                % {"number": number}
            )
        there = any(_same(earlier, planned) for earlier in coming[key])
        planned.effect = "nothing" if there else "role"
        coming[key].append(planned)
    else:
        check_person(_unsaved(planned.person))
        planned.effect = "person"
        coming[key] = [planned]


def _judge_known(planned: Planned, known: User, actor: Actor, today: date) -> None:
    planned.user = known
    if known.name != planned.row.get("name"):
        planned.errors.append(_("The sign-in name belongs to somebody with another name."))
    elif not may_administer_person(actor, known, today):
        planned.errors.append(_("This person is not yours to administer."))
    elif not known.is_active:
        planned.errors.append(_("This account is closed: open it again first."))
    elif planned.role and planned.place:
        there = held_already(known, planned.role, planned.place, today)
        planned.effect = "nothing" if there else "role"


def _role_of(planned: Planned, today: date) -> NewRole | None:
    row = planned.row
    kind = role_named(row.get("role", ""))
    if kind is None:
        planned.errors.append(_("There is no role “%(role)s”.") % {"role": row.get("role", "")})
    days: dict[str, date | None] = {}
    for name in ("starts", "ends"):
        text = row.get(name, "")
        days[name] = day_in(text) if text else None
        if text and days[name] is None:
            planned.errors.append(_("“%(text)s” is no date.") % {"text": text})
    if not row.get("area"):
        planned.errors.append(_("The area is missing."))
    if planned.errors or kind is None:
        return None
    return NewRole(kind, row["area"], row.get("unit", ""), days["starts"] or today, days["ends"])


def _same(first: Planned, second: Planned) -> bool:
    """Say whether both rows mean the same role in some of the same days."""
    if first.role is None or second.role is None or first.place != second.place:
        return False
    return first.role.kind == second.role.kind and _overlap(first.role, second.role)


def _overlap(first: NewRole, second: NewRole) -> bool:
    starts = max(first.starts or date.min, second.starts or date.min)
    return starts <= min(first.ends or date.max, second.ends or date.max)


def _unsaved(new: NewPerson) -> User:
    return User(username=new.username, name=new.name, email=new.email, phone=new.phone)
