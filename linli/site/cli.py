"""The command ``linli``: a frame that gives each app's commands a running database.

Apps above the spine bring their own commands in ``cli.py`` as a typer application named ``app``;
the table below says under which word they appear. With ``--json`` a command's last line on stdout
is one JSON object; whatever else it says goes to stderr.
"""

import os
import sys
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from typer import Option

from linli.site.home import KEY_NAMES, home
from linli.site.postgres import StartError, attached

# Module → the word its commands stand under; None: they are words of their own.
COMMANDS = {
    "linli.insight.cli": None,
    "linli.insight.demo.cli": None,
    "linli.mediation.cli": "statistics",
    "linli.cases.cli": None,
    "linli.areas.cli": "areas",
    "linli.roads.cli": "map",
    "linli.audit.cli": "audit",
    "linli.accounts.cli": "user",
    "linli.reading.cli": "classify",
    "linli.alike.cli": "similar",
    "linli.legal.cli": "statutes",
    "linli.intake.cli": "cases",
    "linli.patrol.cli": "patrol",
    "linli.missing.cli": "missing",
    "linli.premises.cli": "premises",
    "linli.alarms.cli": "alarms",
    "linli.cameras.cli": "cameras",
}
# These need no database, or see to it themselves.
WITHOUT_DATABASE = {
    "run",
    "restore",
    "keys",
    "verbs",
    "classify evaluate",
    "similar evaluate",
    "patrol solve",
    "missing simulate",
}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
keys_app = typer.Typer(no_args_is_help=True, help="The installation's keys.")
app.add_typer(keys_app, name="keys")
_stack = ExitStack()


@app.callback()
def begin(context: typer.Context) -> None:
    """Linli 邻里: one system for a city's governance centres."""
    command = context.invoked_subcommand
    words = {command, " ".join(sys.argv[1:3])}
    if words & WITHOUT_DATABASE or "--help" in sys.argv:
        return
    if not os.environ.get("DATABASE_URL"):
        _stack.enter_context(attached(home()))
    if command not in {"migrate", "manage"}:
        _make_tables()


def _make_tables() -> None:
    """Migrate a database that has just been made: every command works on a new LINLI_HOME."""
    from django.db import connection

    if not connection.introspection.table_names():
        from linli.site.run import migrate

        migrate()


@app.command("run")
def run_command() -> None:
    """Start the database, the web pages and the worker, and serve until stopped."""
    from linli.site.run import run

    run()


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database up to date."""
    from linli.site.run import migrate

    migrate()


@app.command("backup")
def backup_command(
    file: Path,
    with_map: Annotated[
        bool | None,
        Option("--map/--no-map", help="Take the map along; left open, up to 256 MB."),
    ] = None,
) -> None:
    """Write database, attachments, keys and map into one FILE, also while Linli runs."""
    from linli.site.backup import back_up

    done = back_up(file.resolve(), with_map=with_map)
    print(f"{file}: {done.file:,} bytes, keys included: keep it secret", file=sys.stderr)
    if done.without:
        extract = done.without.manifest["source"]
        print(f"without the map: keep its extract, {extract}, or add --map", file=sys.stderr)


@app.command("restore")
def restore_command(
    file: Path, force: Annotated[bool, Option(help="Replace all.")] = False
) -> None:
    """Bring back what FILE holds; Linli must not be running."""
    from linli.site.backup import restore
    from linli.site.run import only_instance

    with only_instance("being restored"):
        if not os.environ.get("DATABASE_URL"):
            _stack.enter_context(attached(home()))
        missing = restore(file.resolve(), force=force)
    if missing:
        name, digest = missing["source"], missing["sha256"]
        print(f"the map is not in it: linli map import {name} (SHA-256 {digest})", file=sys.stderr)
    print("restored; linli run brings it up to date and serves it", file=sys.stderr)


@keys_app.command("rotate")
def rotate_command(
    name: Annotated[list[str] | None, Option(help="Which key; all when not given.")] = None,
) -> None:
    """Put a new key in front of the old ones; restart Linli to use it."""
    from linli.site.keys import rotate

    for one in name or KEY_NAMES:
        if one not in KEY_NAMES:
            raise typer.BadParameter(f"{one}: one of {', '.join(KEY_NAMES)}")
        print(f"{one}: {rotate(one)} keys, the newest in use after a restart", file=sys.stderr)


@app.command("manage", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def manage_command(context: typer.Context) -> None:
    """Run one of Django's management commands."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["linli manage", *context.args])


def _add_commands_of_apps() -> None:
    for module, word in COMMANDS.items():
        package, _, _ = module.rpartition(".")
        if find_spec(package) and find_spec(module):
            app.add_typer(import_module(module).app, name=word)


def main() -> None:
    """Run the command line; a failure that has an explanation prints it and no traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django
    from django.db import OperationalError

    django.setup()
    from linli.site.backup import BackupError
    from linli.site.keys import KeyNotHeldHereError

    _add_commands_of_apps()
    try:
        with _stack:
            app()
    except (StartError, BackupError, KeyNotHeldHereError) as error:
        sys.exit(f"linli: {error}")
    except OperationalError as error:
        sys.exit(f"linli: the database cannot be reached or refused: {error}")
