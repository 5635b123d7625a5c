"""The product's own source files, parsed."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "linli"
APPS = sorted(path.parent.name for path in PACKAGE.glob("*/apps.py"))


def modules() -> Iterator[tuple[Path, ast.Module]]:
    """Give each module with its syntax tree, without tests and migrations."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"}.intersection(path.parts):
            yield path.relative_to(ROOT), ast.parse(path.read_text(), str(path))


def imported(tree: ast.Module) -> Iterator[str]:
    """Give the dotted name of everything a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def templates() -> list[Path]:
    """Return all templates and partial texts that Django renders."""
    found = [path for path in PACKAGE.glob("*/templates/**/*") if path.is_file()]
    return sorted(found)
