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

import typer

from linli.site.home import home
from linli.site.postgres import StartError, attached

# Module → the word its commands stand under; None: they are words of their own.
COMMANDS = {
    "linli.insight.cli": None,
    "linli.insight.demo.cli": None,
    "linli.cases.cli": None,
    "linli.areas.cli": "areas",
    "linli.audit.cli": "audit",
    "linli.accounts.cli": "user",
}
# These need no database, or see to it themselves.
WITHOUT_DATABASE = {"run", "restore", "keys", "verbs"}

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
_stack = ExitStack()


@app.callback()
def begin(context: typer.Context) -> None:
    """Linli 邻里: one system for a city's governance centres."""
    served = os.environ.get("DATABASE_URL") or context.invoked_subcommand in WITHOUT_DATABASE
    if not served and "--help" not in sys.argv:
        _stack.enter_context(attached(home()))


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
    _add_commands_of_apps()
    try:
        with _stack:
            app()
    except StartError as error:
        sys.exit(f"linli: {error}")
    except OperationalError as error:
        sys.exit(f"linli: the database cannot be reached or refused: {error}")
