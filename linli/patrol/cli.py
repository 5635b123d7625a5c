"""``linli patrol``: routes that walk every street once."""

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linli.patrol.routing.checker import check
from linli.patrol.routing.instance import Instance, InstanceError, read

if TYPE_CHECKING:
    from linli.patrol.routing.search import Plan

app = typer.Typer(no_args_is_help=True, help="Patrol routes.")


@app.callback()
def patrol() -> None:
    """Patrol routes."""


@app.command("solve")
def solve_command(
    file: Annotated[Path, typer.Argument(help="A problem as a classical .dat file.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to search.")] = 10.0,
    seed: Annotated[int, typer.Option(help="The same seed searches the same way.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Print routes of least cost that serve every edge with a demand once."""
    # Only this command pays for loading the compiler; all others start without it.
    from linli.patrol.routing.search import NoRoutesError, ready, solve

    try:
        instance = read(file)
        began = time.monotonic()
        if ready():
            spent = time.monotonic() - began
            typer.echo(f"compiled for this machine ({spent:.0f} s, once)", err=True)
        began = time.monotonic()
        plan = solve(instance, seconds=seconds, seed=seed)
    except InstanceError as error:
        typer.echo(f"linli: {error}", err=True)
        raise typer.Exit(2) from error
    except NoRoutesError as error:
        typer.echo(f"linli: {file}: {error}", err=True)
        raise typer.Exit(1) from error
    except MemoryError as error:
        typer.echo(f"linli: {file}: too many edges and vehicles for this machine", err=True)
        raise typer.Exit(1) from error
    answer = _answer(instance, plan) | {"seconds": round(time.monotonic() - began, 2)}
    if as_json:
        print(json.dumps(answer))
        return
    print(f"cost {plan.cost}, lower bound {instance.lower}, gap {answer['gap_percent']} %")
    for number, route in enumerate(plan.routes, start=1):
        print(f"{number:>3}  " + "  ".join(f"{start}–{end}" for start, end in route))


def _answer(instance: Instance, plan: "Plan") -> dict[str, object]:
    """Check the routes apart from the search and tell what they are."""
    cost = check(instance, plan.routes)
    if cost != plan.cost:
        raise AssertionError(f"the search says {plan.cost}, the checker {cost}")
    gap = None if not instance.lower else round((cost / instance.lower - 1) * 100, 3)
    return {
        "cost": cost,
        "routes": [[list(arc) for arc in route] for route in plan.routes],
        "lower_bound": instance.lower,
        "upper_bound": instance.upper,
        "gap_percent": gap,
        "tried": plan.tried,
    }
