"""Create person: an account with its first role and a one-time password, shown once."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actions.grant_role import NewRole, check_role, save_role
from linli.accounts.actor import Actor
from linli.accounts.models import User
from linli.accounts.passwords import hash_one_time, one_time_password
from linli.accounts.queries import user_named
from linli.audit.record import record
from linli.kernel.errors import Invalid
from linli.kernel.working_days import local_date

_USERNAME = re.compile(r"[\w.@+-]{2,60}")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What an account is made of."""

    username: str
    name: str
    email: str = ""
    phone: str = ""


@transaction.atomic
def create_person(
    new: NewPerson, role: NewRole | None, *, actor: Actor, at: datetime, password: str = ""
) -> tuple[User, str]:
    """Save the account; return it with its password, which must be changed at the first sign-in.

    Only the system (the command line) may leave the role out. ``password`` replaces the one made up.
    """
    if role is None and not actor.is_system:
        raise Invalid(_("A person needs a role."), {"kind": _("Choose a role.")})
    place = check_role(role, actor, local_date(at)) if role else None
    user = User(
        username=User.normalize_username(new.username.strip()),
        name=new.name.strip(),
        email=new.email.strip(),
        phone=new.phone.strip(),
        must_change_password=True,
    )
    check_person(user)
    if password:
        user.set_password(password)
    else:
        password = one_time_password()
        user.password = hash_one_time(password)
    user.save(force_insert=True)
    record("user", user.pk, "user.create", actor=actor.user_id, at=at)
    if role and place:
        save_role(user, role, place, actor, at)
    return user, password


def check_person(user: User) -> None:
    """Raise :class:`Invalid` with every field that can't be taken."""
    wrong: dict[str, str] = {}
    if not _USERNAME.fullmatch(user.username):
        wrong["username"] = _("2 to 60 letters, digits or . @ + - _ without blanks.")
    elif user_named(user.username) is not None:
        wrong["username"] = _("This sign-in name is taken.")
    if not 0 < len(user.name) <= 60:
        wrong["name"] = _("Write the name, 60 characters at most.")
    if len(user.phone) > 30:
        wrong["phone"] = _("30 characters at most.")
    if user.email:
        try:
            validate_email(user.email)
        except ValidationError:
            wrong["email"] = _("This is no e-mail address.")
    if wrong:
        raise Invalid(_("Something in the account is not right."), wrong)
