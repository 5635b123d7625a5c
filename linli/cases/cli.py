"""``linli verbs``: what can be done to a case, printed from the code."""

import json
from keyword import iskeyword
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from linli.cases.lifecycle import MOVES, OPEN, STATES

app = typer.Typer()


def _states(names: frozenset[str]) -> str:
    if names >= OPEN:
        return " ".join(["open", *(name for name in STATES if name in names - OPEN)])
    return " ".join(name for name in STATES if name in names) or "–"


@app.command()
def verbs(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """List the verbs: from which states, to which, and where each is written."""
    rows = [
        {
            "verb": verb,
            "from": _states(move.come_from),
            "to": move.to or "the same",
            "clocks": move.clocks,
            "action": f"linli/cases/actions/{verb}{'_' if iskeyword(verb) else ''}.py",
            "event": f"case.{verb}",
        }
        for verb, move in MOVES.items()
    ]
    if as_json:
        print(json.dumps({"verbs": rows}))
        return
    table = Table(*rows[0])
    for row in rows:
        table.add_row(*row.values())
    Console().print(table)
