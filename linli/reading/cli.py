"""``linli classify``: how good the classifier is on labelled texts; needs no database."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Option

from linli.reading.classifier import train
from linli.reading.quality import judge
from linli.reading.tables import UnreadableError, read_labelled

app = typer.Typer(no_args_is_help=True, help="Reading texts: what they are about.")


@app.callback()
def classify() -> None:
    """Reading texts: what they are about."""


@app.command()
def evaluate(
    train_file: Annotated[Path, Option("--train", help="CSV to learn from.")],
    test_file: Annotated[Path, Option("--test", help="CSV to be judged by.")],
    text: Annotated[str, Option(help="Column of the text; several joined by comma.")],
    label: Annotated[str, Option(help="Column of the label.")],
    as_json: Annotated[bool, Option("--json", help="One JSON object.")] = False,
) -> None:
    """Train on one file and answer every row of another; nothing is kept."""
    began = time.perf_counter()
    try:
        given, asked = (read_labelled(path, text, label) for path in (train_file, test_file))
    except UnreadableError as error:
        sys.exit(f"linli: {error}")
    read = time.perf_counter()
    classifier = train(given.texts, given.labels)
    trained = time.perf_counter()
    answers = [guess.label for guess in classifier.predict(asked.texts)]
    answered = time.perf_counter()
    quality = judge(asked.labels, answers)
    found: dict[str, Any] = {
        "macro_f1": round(quality.macro_f1, 5),
        "accuracy": round(quality.accuracy, 5),
        "declined": 0.0,
        "seconds": round(time.perf_counter() - began, 2),
        "train_seconds": round(trained - read, 2),
        "ms_a_text": round((answered - trained) / len(answers) * 1000, 3),
        "train_rows": len(given.labels),
        "test_rows": len(asked.labels),
        "unlabelled_rows": given.unlabelled + asked.unlabelled,
        "classes": quality.labels,
    }
    print(json.dumps(found, ensure_ascii=False) if as_json else _lines(found))


def _lines(found: dict[str, Any]) -> str:
    lines = [f"{name:16} {value}" for name, value in found.items() if name != "classes"]
    for name, one in found["classes"].items():
        figures = "  ".join(f"{key} {one[key]:.3f}" for key in ("precision", "recall", "f1"))
        lines.append(f"{figures}  {one['support']:6}  {name}")
    return "\n".join(lines)
