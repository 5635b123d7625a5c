"""``linli missing``: how well the planner of a search does on made-up cases."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(no_args_is_help=True, help="The search for a missing person.")


@app.callback()
def missing() -> None:
    """Search for a missing person."""


@app.command("simulate")
def simulate_command(
    *,
    osm: Annotated[
        Path, typer.Option("--osm", exists=True, dir_okay=False, help="The streets: an extract.")
    ],
    cameras: Annotated[int, typer.Option(min=1, help="How many cameras hang there.")] = 511,
    cases: Annotated[int, typer.Option(min=1, help="How many cases are made up.")] = 100,
    seed: Annotated[int, typer.Option(help="The same seed makes up the same.")] = 1,
    people: Annotated[int, typer.Option(min=100, help="Walks the planner draws.")] = 12_000,
    jobs: Annotated[int, typer.Option(min=1, help="How many processes search.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Compare the planner with simpler ways on the same made-up cases."""
    # Only this command pays for loading the compiler; all others start without it.
    import numpy as np
    from rich.console import Console
    from rich.progress import Progress

    from linli.missing.planning.views import look
    from linli.missing.simulation.extract import streets_of
    from linli.missing.simulation.figures import summary
    from linli.missing.simulation.run import Setting, simulate
    from linli.missing.simulation.towns import hang
    from linli.roads.build.reading import DamagedError

    try:
        streets = streets_of(osm)
    except DamagedError as error:
        typer.echo(f"linli: {osm}: {error}", err=True)
        raise typer.Exit(1) from error
    hung = hang(streets, cameras, np.random.default_rng((seed, 1)))
    setting = Setting(streets, hung, look(streets, hung), people, seed)
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("cases", total=cases)
        results = simulate(setting, cases, lambda done: progress.update(task, completed=done), jobs)
    found = {
        "osm": osm.name, "seed": seed, "cameras": len(hung), "people": people,
        "junctions": len(streets.x), "kilometres": round(float(streets.length.sum()) / 1000, 1),
        **summary(results, seed),
    }  # fmt: skip
    _tell(found, as_json)


def _tell(found: dict[str, Any], as_json: bool) -> None:
    """Print one object, or a table of minutes of footage."""
    if as_json:
        print(json.dumps(found))
        return
    print(
        f"{found['cases']} cases, {found['cameras']} cameras; "
        f"{found['seen_by_no_camera']:.0%} seen by none; minutes of footage:"
    )
    print(f"{'':26}{'first p50':>10}{'p75':>8}{'p90':>8}{'last p50':>10}{'p75':>8}{'p90':>8}")
    for way, of in found["ways"].items():
        row = [*of["first"].values(), *of["last"].values()]
        words = ["never" if value is None else f"{value:.0f}" for value in row]
        print(
            f"{way:26}"
            + "".join(f"{word:>{w}}" for word, w in zip(words, (10, 8, 8) * 2, strict=True))
        )
    for way, of in found["last_sighting_ratio"].items():
        print(f"last sighting, planner / {way}: {of['ratio']} ({of['low']}–{of['high']})")
    print(f"calibration error {found['calibration_error']}, re-plan {found['replan_seconds']}")
