"""Every string of every app stands in its catalogue, translated, and none is a guess."""

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.test import override_settings

from tests.architecture.sources import APPS, PACKAGE

TRANSLATED = [app for app in APPS if (PACKAGE / app / "locale").exists()]
CATALOGUE = Path("locale") / "zh_Hans" / "LC_MESSAGES" / "django.po"


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def _messages(path: Path) -> set[tuple[str | None, str]]:
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0])
        for message in _read(path)
        if message.id
    }


@pytest.mark.parametrize("app", TRANSLATED)
def test_every_string_is_translated(app: str) -> None:
    wrong = []
    for message in _read(PACKAGE / app / CATALOGUE):
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(texts):
            wrong.append(f"not translated: {message.id}")
        if message.id and message.fuzzy:
            wrong.append(f"fuzzy: {message.id}")
        wrong += [f"{message.id}: {error}" for error in message.check()]
    assert wrong == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs gettext")
@pytest.mark.parametrize("app", APPS)
def test_the_catalogue_holds_every_string_of_the_code(
    app: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / app
    skip = shutil.ignore_patterns("tests", "static", "*.mo", "__pycache__")
    shutil.copytree(PACKAGE / app, copy, ignore=skip)
    (copy / "locale").mkdir(exist_ok=True)
    # The command writes where it stands; the site's own catalogue is not to be its place.
    monkeypatch.chdir(copy)
    with override_settings(LOCALE_PATHS=[]):
        call_command("makemessages", locale=["zh_Hans"], no_obsolete=True, verbosity=0)
    if not (copy / CATALOGUE).exists():
        return
    kept = PACKAGE / app / CATALOGUE
    known = _messages(kept) if kept.exists() else set()
    assert _messages(copy / CATALOGUE) - known == set()
    assert known - _messages(copy / CATALOGUE) == set()


def test_apps_agree_on_a_translation() -> None:
    """Django asks the apps in turn: the first one's answer would stand on the others' pages too."""
    found: dict[tuple[str | None, str], dict[str, str]] = {}
    for app in (app for app in TRANSLATED if (PACKAGE / app / CATALOGUE).exists()):
        for message in _read(PACKAGE / app / CATALOGUE):
            if message.id and message.string:
                name = message.id if isinstance(message.id, str) else message.id[0]
                found.setdefault((message.context, name), {})[app] = str(message.string)
    clashes = {key: texts for key, texts in found.items() if len(set(texts.values())) > 1}
    assert clashes == {}
