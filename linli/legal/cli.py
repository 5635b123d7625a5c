"""``linli statutes``: search the library, check citations, load a city's own statutes, evaluate."""

import json
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from typer import Argument, Option

from linli.accounts.actor import SYSTEM
from linli.kernel.working_days import local_date
from linli.legal import queries
from linli.legal.actions.load_folder import folder, load_folder
from linli.legal.citations import check as check_text
from linli.legal.evaluate import evaluate, read_questions
from linli.legal.words import article_row, citation_row

app = typer.Typer(no_args_is_help=True, help="Statutes: search, citations, a city's own.")

AsJson = Annotated[bool, Option("--json", help="Print one JSON object on the last line.")]
Day = Annotated[
    datetime | None,
    Option("--on", formats=["%Y-%m-%d"], help="The law of this day; today when left out."),
]


def _day(given: datetime | None) -> date:
    return given.date() if given else local_date(timezone.now())


def _print(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False, default=str))


@app.command("search")
def search_command(
    words: list[str],
    on: Day = None,
    limit: Annotated[int, Option(min=1, max=100)] = 10,
    any_time: Annotated[bool, Option("--all", help="Also what is not in force.")] = False,
    as_json: AsJson = False,
) -> None:
    """Find articles by number, by words, or as people say it."""
    day = _day(on)
    found = queries.search(" ".join(words), day, limit=limit, any_time=any_time)
    rows = [article_row(hit.article, day) | {"score": hit.score} for hit in found.hits]
    for row in rows:
        print(f"{row['citation']}  [{row['state']}]\n{row['text']}\n", file=sys.stderr)
    if as_json:
        _print({"on": day, "terms": found.terms, "results": rows})


@app.command("check")
def check_command(
    file: Annotated[Path, Argument(exists=True, dir_okay=False)],
    on: Day = None,
    as_json: AsJson = False,
) -> None:
    """Check every citation in FILE (text, UTF-8) for a day; exit 1 when one does not hold."""
    day = _day(on)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        sys.exit(f"linli: {file}: not UTF-8 text")
    rows = [citation_row(found) for found in check_text(text, day)]
    for row in rows:
        print(f"{row['text']}: {row['verdict']} · {row['reason']} {row['note']}", file=sys.stderr)
    if as_json:
        _print({"on": day, "citations": rows})
    if any(row["verdict"] != "valid" for row in rows):
        raise typer.Exit(1)


@app.command("load")
def load_command(
    place: Annotated[Path | None, Argument(exists=True, file_okay=False)] = None,
    as_json: AsJson = False,
) -> None:
    """Read the Markdown statutes of a folder (LINLI_HOME/statutes) into the library."""
    loaded = load_folder(actor=SYSTEM, at=timezone.now(), place=place)
    for file, line, reason in loaded.faults:
        print(f"{file}, line {line}: {reason}", file=sys.stderr)
    counts = f"{len(loaded.added)} taken in, {len(loaded.unchanged)} unchanged, {len(loaded.removed)} gone"
    print(f"{place or folder()}: {counts}", file=sys.stderr)
    if as_json:
        _print({"ok": not loaded.faults, **asdict(loaded)})
    if loaded.faults:
        raise typer.Exit(1)


@app.command("evaluate")
def evaluate_command(
    questions: Annotated[
        Path, Option(exists=True, dir_okay=False, help="CSV: question,law,article")
    ],
    on: Day = None,
    as_json: AsJson = False,
) -> None:
    """Ask every question of a list and print how often its article is found."""
    day = _day(on)
    shelf = queries.shelf()
    try:
        asked = read_questions(questions, shelf.library, day)
    except (ValueError, UnicodeDecodeError) as wrong:
        sys.exit(f"linli: {wrong}")
    shelf.search("借款", on=day)
    quality = evaluate(asked, lambda words: shelf.search(words, on=day, limit=20))
    told = asdict(quality)
    for words in told["missed"]:
        print(f"not among the first five: {words}", file=sys.stderr)
    if as_json:
        _print(told)
    else:
        told.pop("missed")
        print("  ".join(f"{name} {value}" for name, value in told.items()))
