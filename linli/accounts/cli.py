"""``linli user``: accounts from the server's own command line, where whoever holds it is trusted."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from typer import Argument, Option

from linli.accounts.actions.create_person import NewPerson, create_person
from linli.accounts.actions.create_token import create_token
from linli.accounts.actions.grant_role import NewRole
from linli.accounts.actions.import_people import import_people, plan_import
from linli.accounts.actions.reset_password import reset_password
from linli.accounts.actions.reset_second_factor import reset_second_factor
from linli.accounts.actions.unlock import unlock_person
from linli.accounts.actor import SYSTEM
from linli.accounts.models import User
from linli.accounts.queries import actor_of, user_named
from linli.accounts.sheets import read_people, role_named
from linli.kernel.errors import Invalid, Refused
from linli.kernel.working_days import local_date

app = typer.Typer(no_args_is_help=True, help="People: accounts, roles, tokens.")
token_app = typer.Typer(no_args_is_help=True, help="API tokens.")
app.add_typer(token_app, name="token")

AsJson = Annotated[bool, Option("--json", help="Print one JSON object on the last line.")]
Username = Annotated[str, Argument(metavar="NAME", help="The sign-in name.")]


def _fail(refusal: Refused) -> typer.Exit:
    print(f"linli: {refusal.reason} {refusal.hint}".rstrip(), file=sys.stderr)
    if isinstance(refusal, Invalid):
        for name, text in refusal.fields.items():
            print(f"  {name}: {text}", file=sys.stderr)
    return typer.Exit(1)


def _named(username: str) -> User:
    user = user_named(username)
    if user is None:
        print(f"linli: there is nobody named {username}", file=sys.stderr)
        raise typer.Exit(1)
    return user


def _say(as_json: bool, text: str, told: dict[str, Any]) -> None:
    print(text, file=sys.stderr)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))


@app.command("create")
def create_command(  # noqa: PLR0917 - typer reads options from the signature
    username: Username,
    name: Annotated[str, Option(help="The person's name.")],
    role: Annotated[str, Option(help="Such as administrator or 管理员.")],
    area: Annotated[str, Option(help="Code or name of the area.")],
    unit: Annotated[str, Option(help="Unit; empty is the area's own post.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make an account with one role; prints its one-time password."""
    new = NewRole(role_named(role) or role, area, unit)
    try:
        user, password = create_person(
            NewPerson(username, name), new, actor=SYSTEM, at=timezone.now()
        )
    except Refused as refusal:
        raise _fail(refusal) from refusal
    told = {"username": user.username, "password": password}
    _say(as_json, f"{user.username}: one-time password {password}", told)


@app.command("reset-password")
def reset_password_command(username: Username, as_json: AsJson = False) -> None:
    """Give a person a new one-time password."""
    try:
        user, password = reset_password(_named(username).pk, actor=SYSTEM, at=timezone.now())
    except Refused as refusal:
        raise _fail(refusal) from refusal
    told = {"username": user.username, "password": password}
    _say(as_json, f"{user.username}: one-time password {password}", told)


@app.command("reset-second-factor")
def reset_second_factor_command(
    username: Username,
    reason: Annotated[str, Option(help="Kept with the account.")] = "on the server",
    as_json: AsJson = False,
) -> None:
    """Remove a person's second factor and recovery codes."""
    try:
        user = reset_second_factor(
            _named(username).pk, reason=reason, actor=SYSTEM, at=timezone.now()
        )
    except Refused as refusal:
        raise _fail(refusal) from refusal
    _say(as_json, f"{user.username}: second factor removed", {"username": user.username})


@app.command("unlock")
def unlock_command(username: Username, as_json: AsJson = False) -> None:
    """Let somebody try again who mistyped the password too often."""
    user = unlock_person(_named(username).pk, actor=SYSTEM, at=timezone.now())
    _say(as_json, f"{user.username}: unlocked", {"username": user.username})


@app.command("import")
def import_command(
    file: Annotated[Path, Argument(exists=True, dir_okay=False)],
    passwords: Annotated[
        Path | None, Option(help="Write the one-time passwords here instead of printing them.")
    ] = None,
    check: Annotated[bool, Option("--check", help="Say what would happen and do nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make accounts and roles from a table (.xlsx, .csv)."""
    at = timezone.now()
    try:
        rows = read_people(file.name, file.read_bytes())
        for planned in plan_import(rows, actor=SYSTEM, at=at):
            for error in planned.errors:
                print(f"row {planned.number}: {error}", file=sys.stderr)
        if check:
            return
        outcome = import_people(rows, actor=SYSTEM, at=at)
    except Refused as refusal:
        raise _fail(refusal) from refusal
    told: dict[str, Any] = {
        "people": len(outcome.people),
        "roles": outcome.roles,
        "unchanged": outcome.unchanged,
        "wrong": outcome.wrong,
    }
    if passwords is not None:
        lines = [f"{made.name},{made.username},{made.password}\n" for made in outcome.people]
        passwords.touch(mode=0o600)
        passwords.write_text("".join(lines), encoding="utf-8-sig")
    else:
        told["passwords"] = [asdict(made) for made in outcome.people]
    text = "{people} accounts, {roles} roles, {unchanged} already there, {wrong} rows left out"
    _say(as_json, text.format(**told), told)
    if not as_json and passwords is None:
        for made in outcome.people:
            print(f"{made.name}\t{made.username}\t{made.password}")


@token_app.command("create")
def token_create_command(
    username: Username,
    name: Annotated[str, Option(help="What the token is for.")],
    scope: Annotated[list[str], Option(help="cases:read, cases:write, areas:read, figures:read")],
    days: Annotated[int, Option(help="How long it is valid.")] = 90,
    as_json: AsJson = False,
) -> None:
    """Make an API token that acts as a person; it is printed this once."""
    at = timezone.now()
    actor = actor_of(_named(username).pk, local_date(at))
    if actor is None:
        print(f"linli: the account {username} is closed", file=sys.stderr)
        raise typer.Exit(1)
    try:
        token, raw = create_token(name=name, scopes=scope, days=days, actor=actor, at=at)
    except Refused as refusal:
        raise _fail(refusal) from refusal
    told = {"token": raw, "scopes": token.scopes, "expires": token.expires_at.isoformat()}
    print(f"valid until {token.expires_at:%Y-%m-%d}", file=sys.stderr)
    print(json.dumps(told) if as_json else raw)
