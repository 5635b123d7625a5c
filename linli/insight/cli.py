"""``linli figures``: what the pages show of an area, and counting it afresh."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from django.utils import translation
from typer import Option

from linli.areas.counting import counted
from linli.areas.models import Area
from linli.insight.report import report
from linli.insight.rollup import rebuild

app = typer.Typer(help="Figures.")


@app.command("figures")
def figures_command(
    area: Annotated[str, Option(help="Code of the area, such as 6203.")] = "",
    from_: Annotated[
        datetime | None,
        Option("--from", formats=["%Y-%m-%d"], help="First day of registration."),
    ] = None,
    to: Annotated[
        datetime | None, Option("--to", formats=["%Y-%m-%d"], help="Last day of registration.")
    ] = None,
    recount: Annotated[
        bool, Option("--rebuild", help="First count everything afresh from the cases.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the figures of an area and everything below it."""
    answer = counted(area, (from_, to), report, rebuild if recount else None, "cells")
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    elif area:
        _print_table(answer)


def _print_table(answer: dict[str, Any]) -> None:
    with translation.override("en"):
        name = Area.objects.get(code=answer["area"]).name
        print(f"{name} {answer['area']}  {answer['from'] or '…'} – {answer['to'] or '…'}")
        for title in ("areas", "centres"):
            print(f"{title:10}", _pairs(answer[title]))
        cases, disputes = answer["cases"], answer["disputes"]
        print(f"{'cases':10} {cases['total']:,}: {_pairs(cases['by_kind'])}")
        print(f"{'':10} {_pairs({k: n for k, n in cases['by_state'].items() if n})}")
        rate = "–" if disputes["rate"] is None else f"{disputes['rate']:.2%}"
        print(f"{'disputes':10} {disputes['total']:,}, resolved {disputes['resolved']:,} ({rate})")
        print(f"{'':10} at {_pairs(disputes['by_level'])}")
        print(f"{'overdue':10} {answer['overdue']:,}")


def _pairs(counts: dict[str, int]) -> str:
    return " · ".join(f"{name} {count:,}" for name, count in counts.items())
