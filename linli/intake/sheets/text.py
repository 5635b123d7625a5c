"""Tables as text: the encoding from the bytes, the separator from the lines, then CSV."""

import codecs
import csv
import io
from collections.abc import Iterator

from charset_normalizer import from_bytes

from linli.intake.sheets.faults import Fault

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",\t;|，"
_SAMPLE = 64 * 1024
# Fewer lines than this that happen to be UTF-8 do not make a GB18030 file a mixed one.
_MIXED_FROM = 0.02

csv.field_size_limit(1_000_000)


def rows_of(data: bytes) -> Iterator[list[str]]:
    """Yield the rows of a text table; raises :class:`Fault` where it is none."""
    text = decoded(data)
    separator = separator_of(text)
    lines = io.StringIO(text, newline="")
    # A quotation mark that is never closed would swallow the rest of the file.
    if text.count('"') % 2:
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(lines, delimiter=separator)
    try:
        yield from reader
    except csv.Error as error:
        raise Fault("no_table") from error


def decoded(data: bytes) -> str:
    """Return the text; lines of one file may be UTF-8 and GB18030 by turns."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _without_nulls(data.decode(encoding, "replace"))
    if b"\x00" in data[:_SAMPLE]:
        return _without_nulls(data.decode(_wide(data[:_SAMPLE]), "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    lines = data.split(b"\n")
    as_utf8 = [_as_utf8(line) for line in lines]
    foreign = [line for line in lines if not line.isascii()]
    valid = sum(1 for line, text in zip(lines, as_utf8, strict=True) if text and not line.isascii())
    if valid < max(1, _MIXED_FROM * len(foreign)):
        return _one_encoding(data)
    return "\n".join(
        line.decode("gb18030", "replace") if text is None else text
        for line, text in zip(lines, as_utf8, strict=True)
    )


def separator_of(text: str) -> str:
    """Return what separates cells: the mark that splits most lines into as many pieces."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:50] if line.strip()]
    best, score = ",", 0.0
    for mark in _SEPARATORS:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        agreeing = sum(1 for count in counts if count and count >= usual)
        found = agreeing * min(usual, 3) or sum(1 for count in counts if count) * 0.1
        # The Chinese comma stands in sentences as well.
        if found > score * (2 if mark == "，" else 1):
            best, score = mark, found
    return best


def _as_utf8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _one_encoding(data: bytes) -> str:
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        best = from_bytes(data[:_SAMPLE]).best()
        if best is None:
            raise Fault("encoding") from None
        # A few broken bytes of a file that was cut somewhere; they show as �.
        encoding = "gb18030" if best.encoding.startswith(("gb", "big5", "hz")) else best.encoding
        return data.decode(encoding, "replace")


def _wide(sample: bytes) -> str:
    """Return which half of UTF-16 a text without a mark is; raises :class:`Fault` for no text."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) / 40 or min(even, odd) * 4 > max(even, odd):
        raise Fault("no_table")
    return "utf-16-le" if odd > even else "utf-16-be"


def _without_nulls(text: str) -> str:
    return text.replace("\x00", "")
