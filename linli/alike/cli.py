"""``linli similar``: keeping all texts at once, and how well the like is found, on files."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from linli.alike.actions.keep_all import AT_ONCE, keep_all
from linli.alike.evaluation import UnreadableError, evaluate, read

app = typer.Typer(no_args_is_help=True, help="Matters like this one.")


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


@app.command("keep")
def keep_command(
    processes: Annotated[int, typer.Option(min=0, help="At once; 0: one a core, at most 4.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Read all cases that are not compared yet; stopped, it goes on when started again."""
    began = time.monotonic()
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("cases", total=1.0)
        kept = keep_all(
            processes or AT_ONCE,
            lambda done: progress.update(task, completed=done),
        )
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        print(json.dumps({"kept": kept, "seconds": seconds}))
    else:
        typer.echo(f"{kept:,} cases read in {seconds} s", err=True)
