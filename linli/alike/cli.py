"""``linli similar``: how well the like is found, measured on files."""

import json
from pathlib import Path
from typing import Annotated

import typer

from linli.alike.evaluation import UnreadableError, evaluate, read

app = typer.Typer(no_args_is_help=True, help="Matters like this one.")


@app.callback()
def similar() -> None:
    """Keep ``evaluate`` a word of its own while it is the only one."""


@app.command("evaluate")
def evaluate_command(
    queries: Annotated[Path, typer.Option(help="Messages: CSV with the columns id and text.")],
    corpus: Annotated[Path, typer.Option(help="Answers; the same id is the right one.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print how often a message finds its answer first, within five, and how quickly."""
    try:
        found = evaluate(read(queries), read(corpus)).as_dict()
    except UnreadableError as error:
        typer.echo(f"linli: {error}", err=True)
        raise typer.Exit(2) from error
    if as_json:
        print(json.dumps(found))
        return
    for name, figure in found.items():
        print(f"{name:>14}  {figure}")
