"""``linli map``: importing a map, and what there is."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from typer import Argument, Option

from linli.accounts.actor import SYSTEM
from linli.kernel.errors import Refused
from linli.roads import store
from linli.roads.actions.import_map import import_map

app = typer.Typer(no_args_is_help=True, help="The map: roads, places and how to get there.")
AsJson = Annotated[bool, Option("--json", help="Print one JSON object on the last line.")]


@app.command("import")
def import_command(
    extract: Annotated[Path, Argument(metavar="FILE.osm.pbf", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Make a map of an OpenStreetMap extract; a map that is in use is replaced when it is done."""
    began = time.monotonic()
    columns = (
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn(),
    )  # fmt: skip
    try:
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("read", total=1.0)
            version = import_map(
                extract.resolve(), actor=SYSTEM, at=timezone.now(),
                tick=lambda step, done: progress.update(task, description=step, completed=done),
            )  # fmt: skip
    except Refused as refusal:
        print(f"linli: {refusal.reason} {refusal.hint}".rstrip(), file=sys.stderr)
        if as_json:
            print(json.dumps({"ok": False, "reason": str(refusal.reason)}, ensure_ascii=False))
        raise typer.Exit(1) from refusal
    _tell(version, as_json, seconds=round(time.monotonic() - began, 1))


@app.command("show")
def show_command(as_json: AsJson = False) -> None:
    """Say which map is in use."""
    version = store.current()
    if version is None:
        print("linli: there is no map yet: linli map import FILE.osm.pbf", file=sys.stderr)
        raise typer.Exit(1)
    _tell(version, as_json)


def _tell(version: store.Version, as_json: bool, **more: float) -> None:
    told = {**version.manifest, **more}
    if as_json:
        print(json.dumps({"ok": True, **told}, ensure_ascii=False))
        return
    for name, value in (told.pop("counts") | told).items():
        print(f"{name:>12}: {value}", file=sys.stderr)
