"""``linli cameras``: how they are, and a sweep by hand."""

import json
import time
from datetime import datetime
from typing import Annotated, Any

import typer
from django.utils import timezone
from typer import Option

from linli.areas.counting import counted
from linli.cameras.actions.sweep import sweep
from linli.cameras.choices import Condition
from linli.cameras.report import health_report
from linli.cameras.report_cli import report_command

app = typer.Typer(no_args_is_help=True, help="Cameras.")


@app.callback()
def cameras() -> None:
    """Cameras."""


@app.command("health")
def health_command(
    area: Annotated[str, Option(help="Code of the area, such as 6203.")],
    from_: Annotated[
        datetime | None, Option("--from", formats=["%Y-%m-%d"], help="First day.")
    ] = None,
    to: Annotated[datetime | None, Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    as_json: Annotated[bool, Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print how the cameras of an area are, and how much of the time they gave a picture."""
    answer = counted(area, (from_, to), health_report, None, "cameras")
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        _print(answer)


@app.command("sweep")
def sweep_command() -> None:
    """Look at every camera that is due, now and here."""
    started = time.monotonic()
    looked = sweep()
    print(f"{looked} cameras in {time.monotonic() - started:.1f} s")


def _print(answer: dict[str, Any]) -> None:
    print(f"{answer['cameras']:>8,} cameras")
    for state, count in answer["states"].items():
        if count:
            print(f"{count:>8,} {Condition(state).label}")
    waiting = answer["work_orders"]
    print(f"{waiting['waiting']:>8,} work orders, {waiting['late']:,} late")
    percent = answer["availability"]["percent"]
    print(f"{'–' if percent is None else f'{percent:.2f} %':>8} with a picture")
    for line in answer["by_owner"]:
        share = "–" if line["percent"] is None else f"{line['percent']:.2f} %"
        print(f"{share:>10}  {line['cameras']:>6,}  {line['name']}")
    print(timezone.localtime().strftime("%Y-%m-%d %H:%M"))


app.command("report")(report_command)
