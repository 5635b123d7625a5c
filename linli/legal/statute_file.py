"""A statute as a Markdown file: a small front matter, headings, and ``第X条`` paragraphs.

::

    ---
    title: 金昌市物业管理条例
    short: 物业条例；市物业条例
    kind: 地方性法规
    body: 金昌市人民代表大会常务委员会
    published: 2023-11-30
    from: 2024-01-01
    until:
    ---
    # 金昌市物业管理条例
    ## 第一章 总则
    第一条 为了规范物业管理活动……
    第二款另起一行。

``title`` and ``from`` must be there; ``until`` is the first day on which it no longer holds. A
heading of level one repeats the title and is passed over; deeper ones are the path of what follows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.kernel.errors import Text
from linli.legal.library import Article, Law
from linli.legal.numerals import NUMBER, key_of, label_of, number_of

_ARTICLE = re.compile(
    rf"^\**第(?P<number>{NUMBER})条(?:之(?P<branch>[一二三四五六七八九十]))?\**[\s　:：]*(?P<text>.*)$"
)
_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<text>.+?)\s*#*$")
_NAMES: Mapping[str, str] = {
    "title": "title", "标题": "title", "名称": "title",
    "short": "short", "简称": "short",
    "kind": "kind", "类别": "kind",
    "body": "body", "制定机关": "body",
    "published": "published", "公布": "published",
    "from": "from", "施行": "from",
    "until": "until", "失效": "until",
    "note": "note", "备注": "note",
}  # fmt: skip
LONGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that cannot be read: the line, counted from one, and why."""

    line: int
    reason: Text


class UnreadableError(Exception):
    """The file is no statute; ``faults`` say where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults."""
        super().__init__("; ".join(f"{fault.line}: {fault.reason}" for fault in faults))
        self.faults = faults


def read_statute(source: str, key: str = "") -> Law:
    """Return the statute that ``source`` writes; raise :class:`UnreadableError` with every fault."""
    lines = source.lstrip("\ufeff").splitlines()
    given, start, faults = _front_matter(lines)
    days = {name: _day(given, name, faults) for name in ("published", "from", "until")}
    title = given.get("title", ("", 1))[0]
    if not title or len(title) > 120:
        faults.append(Fault(1, gettext_lazy("The front matter names no title (title: …).")))
    if days["from"] is None and "from" not in given:
        faults.append(Fault(1, gettext_lazy("The front matter says no first day (from: …).")))
    if days["from"] and days["until"] and days["until"] <= days["from"]:
        faults.append(Fault(given["until"][1], gettext_lazy("It would end before it begins.")))
    first = days["from"] or date.min
    law = Law(
        key=key,
        title=title,
        kind=given.get("kind", ("", 0))[0],
        level=given.get("kind", ("", 0))[0],
        body=given.get("body", ("", 0))[0],
        published=days["published"] or first,
        first=first,
        valid_from=first,
        valid_until=days["until"],
        status="",
        short_names=tuple(re.split(r"[;；、,，]\s*", given["short"][0]))
        if "short" in given
        else (),
        is_city=True,
        note=given.get("note", ("", 0))[0],
    )
    law.articles = _articles(law, lines, start, faults)
    if not law.articles and not faults:
        faults.append(Fault(start + 1, gettext_lazy("No line begins with 第一条.")))
    if faults:
        raise UnreadableError(sorted(faults, key=lambda fault: fault.line))
    return law


def _front_matter(lines: list[str]) -> tuple[dict[str, tuple[str, int]], int, list[Fault]]:
    """Return what the front matter gives, with its lines; the line after it; and its faults."""
    missing = gettext_lazy("The file does not begin with a front matter between two lines “---”.")
    if not lines or lines[0].strip() != "---":
        return {}, 0, [Fault(1, missing)]
    given: dict[str, tuple[str, int]] = {}
    faults: list[Fault] = []
    for number, line in enumerate(lines[1:], 2):
        text = line.strip()
        if text == "---":
            return given, number, faults
        name, colon, value = text.replace("：", ":", 1).partition(":")
        known = _NAMES.get(name.strip().lower())
        if known and colon:
            if value.strip():
                given[known] = (value.strip().strip("\"'"), number)
        elif text and not text.startswith("#"):
            faults.append(Fault(number, _("“%(name)s” is no known entry.") % {"name": name[:30]}))
    return given, len(lines), [*faults, Fault(1, missing)]


def _day(given: Mapping[str, tuple[str, int]], name: str, faults: list[Fault]) -> date | None:
    if name not in given:
        return None
    text, line = given[name]
    parts = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?", text)
    try:
        return (
            date(int(parts[1]), int(parts[2]), int(parts[3])) if parts else date.fromisoformat(text)
        )
    except ValueError:
        faults.append(
            Fault(line, _("“%(text)s” is no day; write 2024-01-01.") % {"text": text[:30]})
        )
        return None


def _articles(law: Law, lines: list[str], start: int, faults: list[Fault]) -> list[Article]:
    path: dict[int, str] = {}
    found: list[Article] = []
    seen: dict[str, int] = {}
    texts: list[list[str]] = []
    for number, raw in enumerate(lines[start:], start + 1):
        line = raw.strip()
        if not line:
            continue
        if heading := _HEADING.match(line):
            depth = len(heading["marks"])
            path = {level: name for level, name in path.items() if level < depth}
            if depth > 1:
                path[depth] = heading["text"]
        elif match := _ARTICLE.match(line):
            key = _key(match, number, seen, faults)
            place = tuple(path[level] for level in sorted(path))
            found.append(Article(law, key, label_of(key), place, "", len(found)))
            texts.append([match["text"].strip()] if match["text"].strip() else [])
        elif texts:
            texts[-1].append(re.sub(r"^[-*]\s+", "", line))
        else:
            faults.append(Fault(number, gettext_lazy("This stands before the first article.")))
    return [
        Article(law, article.key, article.label, article.path, "\n".join(text), article.position)
        for article, text in zip(found, texts, strict=True)
    ]


def _key(match: re.Match[str], line: int, seen: dict[str, int], faults: list[Fault]) -> str:
    number = number_of(match["number"]) or 0
    key = key_of(number, number_of(match["branch"]) if match["branch"] else None)
    if key in seen:
        faults.append(
            Fault(line, _("%(label)s is there twice, first in line %(line)d.")
                  % {"label": label_of(key), "line": seen[key]})
        )  # fmt: skip
    seen.setdefault(key, line)
    return key
