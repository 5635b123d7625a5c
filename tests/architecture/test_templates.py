"""Every template compiles, and none holds what the content security policy would block."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver

from tests.architecture.sources import PACKAGE, templates

INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a handler attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.I),
    "a script address": re.compile(r"\b(?:href|src)\s*=\s*[\"']?javascript:", re.I),
    "a foreign address": re.compile(r"<(?:script|link|img|iframe)[^>]*(?:src|href)=.https?:", re.I),
}


def _name(path: Path) -> str:
    return str(path).partition("/templates/")[2]


def test_every_template_compiles() -> None:
    wrong = []
    for path in templates():
        try:
            get_template(_name(path))
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            wrong.append(f"{path.relative_to(PACKAGE)}: {error}")
    assert wrong == []


_URL = re.compile(r"""{%\s*url\s+["']([\w:-]+)["']""")


def test_every_address_a_template_names_is_there() -> None:
    """A name that nobody has is found here, and not by the first person who comes to that corner."""
    known = set(_names(get_resolver()))
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in templates()
        for name in _URL.findall(path.read_text())
        if name not in known and not name.startswith("styleguide:")
    ]
    assert wrong == []


def _names(resolver: URLResolver, within: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, f"{within}{entry.namespace}:" if entry.namespace else within)
        elif entry.name:
            yield within + entry.name


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what: str) -> None:
    wrong = []
    for path in templates():
        text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.S)
        # What Django puts in may hold ">" and quotes; it is never an attribute's name.
        text = re.sub(r"{{.*?}}|{%.*?%}", "", text, flags=re.S)
        wrong += [
            f"{path.relative_to(PACKAGE)}: {found[0]}" for found in INLINE[what].finditer(text)
        ]
    assert wrong == []


_FORM = re.compile(r"<form\b.*?</form>", re.S)
_SURE = re.compile(r"""{%\s*sure\s+[\w."].*?%}""")


def test_what_asks_in_a_dialog_asks_without_scripts_too() -> None:
    """A tick the browser insists on; ``novalidate`` would let the form go without it."""
    asking, wrong = 0, []
    for path in templates():
        text = path.read_text()
        forms = [form for form in _FORM.findall(text) if "data-confirm=" in form]
        asking += len(forms)
        if len(forms) != len(re.findall(r"\bdata-confirm=", text)):
            wrong.append(f"{path.relative_to(PACKAGE)}: data-confirm is not a form's own")
        for form in forms:
            head = re.sub(r"{% else %} novalidate", "", form.partition("{% csrf_token %}")[0])
            if not _SURE.search(form) or "novalidate" in head:
                wrong.append(f"{path.relative_to(PACKAGE)}: {form[:80]}")
    assert asking > 30
    assert wrong == []


def test_no_name_is_taken_twice() -> None:
    names = [_name(path) for path in templates()]
    assert sorted(names) == sorted(set(names))
