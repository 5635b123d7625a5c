"""Sizes, names and ways that the import contracts in .importlinter cannot say."""

import ast
from pathlib import Path

from tests.architecture.sources import APPS, imported, modules

LONGEST_MODULE, LONGEST_FUNCTION = 400, 40
VAGUE = {"utils.py", "helpers.py", "managers.py", "misc.py", "common.py"}
EDGES = ("web", "api", "tasks", "admin", "cli")


def test_no_module_and_no_function_is_too_long() -> None:
    long = []
    for path, tree in modules():
        lines = len(path.read_text().splitlines())
        if lines > LONGEST_MODULE:
            long.append(f"{path}: {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1 - _docstring_lines(node)
                if length > LONGEST_FUNCTION:
                    long.append(f"{path}:{node.lineno} {node.name}: {length} lines")
    assert long == []


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node) is None:
        return 0
    return (node.body[0].end_lineno or 0) - node.body[0].lineno + 1


def test_names_say_what_a_module_is_about() -> None:
    assert [str(path) for path, _ in modules() if path.name in VAGUE] == []
    bases = [
        f"{path}: {node.name}"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name.startswith("Base")
    ]
    assert bases == []


def test_every_module_and_public_function_says_what_it_is() -> None:
    silent = []
    for path, tree in modules():
        if path.name == "__init__.py" and not tree.body:
            continue
        if ast.get_docstring(tree) is None:
            silent.append(str(path))
        silent += [
            f"{path}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and path.name != "apps.py"
            and ast.get_docstring(node) is None
        ]
    assert silent == []


def test_no_app_uses_another_apps_edges() -> None:
    wrong = []
    for path, tree in modules():
        app = path.parts[1]
        if app == "site":
            continue
        others = [f"linli.{other}.{edge}" for other in APPS if other != app for edge in EDGES]
        wrong += [
            f"{path} imports {name}"
            for name in imported(tree)
            if any(name == other or name.startswith(other + ".") for other in others)
        ]
    assert wrong == []


def test_lifecycles_are_plain_data_and_nothing_listens_to_signals() -> None:
    wrong = []
    for path, tree in modules():
        names = set(imported(tree))
        if path.name == "lifecycle.py" and any(name.startswith("django") for name in names):
            wrong.append(f"{path} imports Django")
        if any("signals" in name.split(".") for name in names if name.startswith("django")):
            wrong.append(f"{path} listens to signals")
    assert wrong == []


def test_no_page_writes_by_itself() -> None:
    writing = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
    wrong = [
        f"{path}:{node.lineno} .{node.func.attr}()"
        for path, tree in modules()
        if _is_page(path)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in writing
    ]
    assert wrong == []


def _is_page(path: Path) -> bool:
    return path.name == "api.py" or "web" in path.parts
