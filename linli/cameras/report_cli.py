"""``linli cameras report``: what a quarter's viewing of video comes to."""

import json
from typing import Annotated

import typer
from django.utils import timezone
from typer import Option

from linli.cameras.actions.publish_report import publish_report
from linli.cameras.models import ViewingReport
from linli.cameras.quarters import quarter_of, read_quarter
from linli.cameras.queries.viewing_report import figures


def report_command(
    quarter: Annotated[str, Option(help="Such as 2026Q4; without it, the one before this.")] = "",
    publish: Annotated[
        bool, Option("--publish", help="Publish it, once the quarter is over.")
    ] = False,
    as_json: Annotated[bool, Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print what a quarter's viewing of video comes to: views, reasons, denials by area."""
    now = timezone.now()
    asked = read_quarter(quarter) if quarter else quarter_of(now).before
    if asked is None:
        raise typer.BadParameter("a quarter is written like 2026Q4")
    if publish:
        publish_report(asked, at=now)
    published = ViewingReport.objects.filter(pk=str(asked)).first()
    told = published.figures if published else figures(asked)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    print(f"{asked}{'' if published else ' (not published)'}")
    for name, value in told.items():
        if not isinstance(value, list | dict):
            print(f"{name:18} {'fewer than 5' if value is None else value}")
    for row in told["areas"]:
        counts = " · ".join(f"{name} {row[name] if row[name] is not None else '<5'}"
                            for name in ("asked", "opened", "refused"))  # fmt: skip
        print(f"{row['area']} {row['name']:10} {counts}")
