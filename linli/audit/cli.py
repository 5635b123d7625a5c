"""``linli audit``: is the log still what was written?"""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from linli.audit.verify import verify

app = typer.Typer(no_args_is_help=True, help="The audit log.")


@app.callback()
def audit() -> None:
    """The audit log."""


@app.command("verify")
def verify_command(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Compute every hash and link of the log again; exit with 1 if one is broken."""
    verdict = verify()
    if as_json:
        print(json.dumps(asdict(verdict)))
    elif verdict.ok:
        print(f"{verdict.entries:,} entries, all as they were written")
    else:
        print(f"{verdict.entries:,} entries, the first broken one: {verdict.first_broken}")
    if not verdict.ok:
        raise typer.Exit(1)
