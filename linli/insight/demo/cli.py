"""``linli demo``: the demo city, or a much larger one for benchmarks."""

import json
import sys
import time

import typer

app = typer.Typer()


@app.command("demo")
def demo_command(
    scale: int = typer.Option(0, min=0, help="Cases to make, for benchmarks; 0: the demo city."),
    as_json: bool = typer.Option(False, "--json", help="End with one JSON object."),
) -> None:
    """Load the demo city, Jinchang with invented people, into an empty database."""
    from django.utils import timezone

    from linli.insight.demo.load import load
    from linli.insight.demo.scale import load_scaled
    from linli.insight.demo.streets import bring_streets
    from linli.kernel.errors import Refused

    began = time.monotonic()
    try:
        found = load_scaled(scale) if scale else load()
        if not scale:
            bring_streets(timezone.now())
    except Refused as refusal:
        sys.exit(f"linli: {refusal.reason} {refusal.hint}")
    found["seconds"] = round(time.monotonic() - began)
    if as_json:
        print(json.dumps(found))
    else:
        print(", ".join(f"{count:,} {what}" for what, count in found.items()), file=sys.stderr)
