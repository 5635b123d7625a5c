"""Fill a Word template with words; a template that comes from outside runs in a sandbox."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

# What a template may weigh when it is unpacked: forms are small.
LARGEST = 20 * 1024 * 1024
# What a template can go wrong with: no Word file, broken XML, arithmetic with what is no number…
_BROKEN = (
    zipfile.BadZipFile, SyntaxError, ArithmeticError, LookupError, TypeError, ValueError,
    AttributeError, RecursionError,
)  # fmt: skip
_END_OF_PARAGRAPH = "\a"


class BadTemplate(ValueError):
    """A template can't be read or names something there is not; ``detail`` says what."""

    def __init__(self, detail: str, *, is_unknown: bool = False) -> None:
        super().__init__(detail)
        self.detail, self.is_unknown = detail, is_unknown


def fill(template: bytes, words: Mapping[str, Any]) -> bytes:
    """Return the Word file with its fields filled; raises :class:`BadTemplate`."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    try:
        _weigh(template)
        word = DocxTemplate(io.BytesIO(template))
        word.render(_clean(dict(words)), environment, autoescape=True)
        kept = io.BytesIO()
        word.save(kept)
    except UndefinedError as error:
        raise BadTemplate(str(error.message or ""), is_unknown=True) from error
    except TemplateError as error:
        raise BadTemplate(str(error.message or "")) from error
    except _BROKEN as error:
        raise BadTemplate(type(error).__name__) from error
    return kept.getvalue()


def _weigh(template: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise BadTemplate("")


def _clean(value: Any) -> Any:
    """Return the words without control characters; each line of a text is a paragraph of its own."""
    if isinstance(value, str):
        lines = value.strip().splitlines()
        shown = ("".join(sign for sign in line if sign.isprintable()) for line in lines)
        return _END_OF_PARAGRAPH.join(shown)
    if isinstance(value, Mapping):
        return {name: _clean(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value
