"""``linli audit``: proof that nobody altered the log."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from django.utils import timezone
from typer import Option

from linli.audit.verify import verify_and_keep

app = typer.Typer(no_args_is_help=True, help="The audit log.")


@app.callback()
def audit() -> None:
    """The audit log."""


@app.command("verify")
def verify_command(
    as_json: Annotated[
        bool, Option("--json", help="Print one JSON object on the last line.")
    ] = False,
) -> None:
    """Compute every hash again and follow every link; exit with 1 if something was altered."""
    verdict = verify_and_keep(timezone.now())
    if verdict.ok:
        print(f"{verdict.entries:,} entries, unaltered", file=sys.stderr)
    else:
        print(f"ALTERED: {verdict.first_broken}", file=sys.stderr)
    if as_json:
        print(json.dumps(asdict(verdict)))
    raise typer.Exit(0 if verdict.ok else 1)
