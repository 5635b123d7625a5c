"""``linli statistics``: the official form of an area, counting it afresh, and money outstanding."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from django.utils import timezone, translation
from typer import Option

from linli.areas.counting import counted
from linli.areas.models import Area
from linli.kernel.working_days import local_date
from linli.mediation.report import outstanding_report, report
from linli.mediation.rollup import rebuild

app = typer.Typer(no_args_is_help=True, help="Official statistics.")


@app.callback()
def statistics() -> None:
    """Official statistics."""


@app.command("mediation")
def mediation_command(
    area: Annotated[str, Option(help="Code of the area, such as 6203.")] = "",
    from_: Annotated[
        datetime | None,
        Option("--from", formats=["%Y-%m-%d"], help="First day a mediation was opened."),
    ] = None,
    to: Annotated[
        datetime | None, Option("--to", formats=["%Y-%m-%d"], help="Last day it was opened.")
    ] = None,
    recount: Annotated[
        bool, Option("--rebuild", help="First count everything afresh from the mediations.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the official form of people's mediation for an area and everything below it."""
    answer = counted(area, (from_, to), report, rebuild if recount else None, "counts")
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    elif area:
        _print_form(answer)


@app.command("outstanding")
def outstanding_command(
    area: Annotated[str, Option(help="Code of the area, such as 6203.")],
    on: Annotated[
        datetime | None, Option(formats=["%Y-%m-%d"], help="The day; without it, today.")
    ] = None,
    as_json: Annotated[bool, Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print what is owed under all mediation agreements of an area and below, in yuan."""
    if not Area.objects.filter(code=area).exists():
        raise typer.BadParameter(f"there is no area {area}")
    answer = outstanding_report(area, on.date() if on else local_date(timezone.now()))
    if as_json:
        print(json.dumps(answer))
        return
    _print_area(area)
    for name in ("on", "agreed", "paid", "open", "overdue"):
        _print_line(name, answer[name])


def _print_form(answer: dict[str, Any]) -> None:
    _print_area(answer["area"])
    _print_row(answer)
    told = answer["mediators"]
    _print_line("mediators", f"full-time {told['full_time']:,} · part-time {told['part_time']:,}")
    if answer["before"]:
        print("the period before")
        _print_row(answer["before"])


def _print_area(code: str) -> None:
    with translation.override("en"):
        name = Area.objects.get(code=code).name
    print(f"{name} {code}")


def _print_row(row: dict[str, Any]) -> None:
    rate = "–" if row["rate"] is None else f"{row['rate']:.1f} %"
    _print_line("opened", f"{row['from'] or '…'} – {row['to'] or '…'}")
    _print_line("mediations", f"{row['total']:,}, resolved {row['resolved']:,} ({rate})")
    _print_line("", f"hard {row['hard']:,} · parties {row['parties']:,} · {row['amount']} yuan")
    for title in ("type", "source", "committee", "form"):
        _print_line(f"by {title}", _pairs(row[f"by_{title}"]))
    _print_line("averted", _pairs(row["averted"]))
    _print_line("prevention", _pairs(row["prevention"]))


def _print_line(title: str, text: str) -> None:
    print(f"{title:13} {text}")


def _pairs(counts: dict[str, int]) -> str:
    found = (f"{name or 'unknown'} {count:,}" for name, count in counts.items() if count)
    return " · ".join(found) or "–"
