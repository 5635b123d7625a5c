"""``linli premises coverage``: which places have the devices they must have."""

import json
from typing import Annotated, Any

import typer
from django.utils import translation
from typer import Option

from linli.accounts.actor import SYSTEM
from linli.areas.models import Area
from linli.premises.report import coverage_report

app = typer.Typer(no_args_is_help=True, help="Premises and their devices.")


@app.callback()
def premises() -> None:
    """Premises and their devices."""


@app.command("coverage")
def coverage_command(
    area: Annotated[str, Option(help="Code of the area; without it, everything.")] = "",
    kind: Annotated[str, Option(help="One kind of premises, such as school.")] = "",
    device: Annotated[str, Option(help="One kind of device, such as one_key_alarm.")] = "",
    as_json: Annotated[bool, Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Print the live coverage by kind of premises, with the exceptions by name."""
    if area and not Area.objects.filter(code=area).exists():
        raise typer.BadParameter(f"there is no area {area}")
    with translation.override("en"):
        lines = coverage_report(SYSTEM, area, kind=kind, device=device)
    if as_json:
        print(json.dumps({"area": area, "coverage": lines}, ensure_ascii=False))
        return
    for line in lines:
        print(f"{line['covered']:>5}/{line['total']:<5} {line['label']}")
        for one in line["exceptions"]:
            print(f"            {one['name']} ({one['area']}): {_gaps(one['gaps'])}")


def _gaps(gaps: list[dict[str, Any]]) -> str:
    return ", ".join(
        f"{gap['device']}{'@' + gap['spot'] if gap['spot'] else ''} {gap['why']}" for gap in gaps
    )
