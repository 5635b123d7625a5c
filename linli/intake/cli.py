"""``linli cases import FILE``: bring in what another system has exported."""

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from linli.accounts.actor import Actor
    from linli.intake.models import Batch

app = typer.Typer(no_args_is_help=True, help="Cases of other systems.")


@app.callback()
def group() -> None:
    """Cases of other systems."""


@app.command("import")
def import_command(
    file: Path,
    *,
    mapping: Annotated[str, typer.Option(help="The mapping to read it by; else it is found.")] = "",
    by: Annotated[str, typer.Option(help="Sign-in name of whoever imports; else the desk.")] = "",
    desk: Annotated[str, typer.Option(help="Code of the area whose centre takes them in.")] = "",
    sheet: Annotated[str, typer.Option(help="The sheet to read; else the fullest.")] = "",
    source: Annotated[str, typer.Option(help="The system that gave the numbers.")] = "",
    send: Annotated[bool, typer.Option(help="Assign what is open by the routing rules.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON object.")] = False,
) -> None:
    """Import cases from a workbook or text FILE; what is in already is not added again."""
    from linli.kernel.errors import Refused

    began = time.monotonic()
    try:
        batch = _import(
            file, _actor(by, desk), mapping=mapping, sheet=sheet, source=source, send=send
        )
    except Refused as refusal:
        sys.exit(f"linli: {refusal.reason} {refusal.hint}")
    told = _told(batch, round(time.monotonic() - began, 1))
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(", ".join(f"{what}: {value}" for what, value in told.items()), file=sys.stderr)
    if batch.failure:
        sys.exit(f"linli: {batch.failure}")


def _import(
    file: Path, actor: "Actor", *, mapping: str, sheet: str, source: str, send: bool
) -> "Batch":
    from django.utils import timezone

    from linli.intake.actions.choose import choose_layout
    from linli.intake.actions.examine import examine_batch
    from linli.intake.actions.run import run_import
    from linli.intake.actions.start import start_import
    from linli.intake.actions.take_file import take_file
    from linli.intake.layout import Layout
    from linli.kernel.errors import Invalid

    at = timezone.now()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Invalid(f"{file}: {error.strerror}") from error
    batch = take_file(file.name, data, actor=actor, at=at, mapping=mapping)
    batch = examine_batch(batch.id, actor=actor, at=at, sheet=sheet)
    if not batch.plan:
        return batch
    kept = batch.plan["layout"]
    layout = Layout.of({**kept, "source": source or kept["source"] or f"desk {batch.unit_id}"})
    options = {"send": send, "read": True}
    choose_layout(batch.id, layout, actor=actor, at=at, options=options)
    start_import(batch.id, actor=actor, at=at, queued=False)
    columns = TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bar = progress.add_task(file.name, total=batch.total)
        return run_import(
            batch.id, actor=actor, at=at,
            say=lambda done, total: progress.update(bar, completed=done, total=total),
        )  # fmt: skip


def _actor(by: str, desk: str) -> "Actor":
    """Return who imports: a person, or Linli at a desk, by default that of the highest centre."""
    from django.utils import timezone

    from linli.accounts.actor import desk_actor
    from linli.accounts.queries import actor_of, user_named
    from linli.areas.queries import posts
    from linli.kernel.errors import NotFound
    from linli.kernel.working_days import local_date

    if by:
        user = user_named(by)
        actor = actor_of(user.id, local_date(timezone.now())) if user else None
        if actor is None:
            raise NotFound(f"Nobody signs in as {by!r}.")
        return actor
    found = posts().filter(area=desk) if desk else posts().order_by("area")
    post = min(found, key=lambda unit: (len(unit.area_id), unit.area_id), default=None)
    if post is None:
        raise NotFound("There is no such centre to take the cases in.")
    return desk_actor(post.id, post.area_id)


def _told(batch: "Batch", seconds: float) -> dict[str, Any]:
    return {
        "rows": batch.added + batch.known + batch.refused,
        "added": batch.added,
        "known": batch.known,
        "refused": batch.refused,
        "seconds": seconds,
        "mapping": batch.mapping,
        "import": str(batch.id),
    }
