"""Citations of law as they are typed: 《民法典》第六百七十五条第一款, 民法典675条, 第12、13条, 前款."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from linli.legal.library import Library
from linli.legal.numerals import NUMBER, key_of, number_of

# Titles in 《》 that are statutes; a contract or a newspaper is none.
_KINDS = "法典|法|条例|规定|办法|规则|细则|通则|总则|宪法|解释|决定|修正案|章程|规范|准则|公约|决议"
_TITLE = rf"《(?P<title>[^《》\n]{{1,60}}?(?:{_KINDS})(?:（[^（）]{{1,12}}）)?)》"
_BARE = re.compile(r"(?P<title>[\u4e00-\u9fff]{1,24}(?:法典|法|条例|宪法))$")
_JOIN = r"\s*(?:、|，|,|和|及|与|以及|至|到|-|－|—|~|～)\s*"
_PART = rf"(?:\s*第\s*(?P<paragraph>{NUMBER})\s*款)?(?:\s*第?\s*[（(]?\s*(?P<item>{NUMBER})\s*[）)]?\s*项)?"
_ARTICLE = re.compile(
    rf"(?:第\s*(?P<a>{NUMBER})\s*条(?:\s*之\s*(?P<ab>[一二三四五六七八九十]))?"
    rf"|(?<![0-9第])(?P<b>[0-9０-９]{{1,4}})\s*条(?:\s*之\s*(?P<bb>[一二三四五六七八九十]))?"
    rf"|第\s*(?P<c>{NUMBER})(?={_JOIN}第?\s*{NUMBER}\s*(?:条|{_JOIN})))" + _PART
)
_NEXT = re.compile(
    rf"(?P<join>{_JOIN})第?\s*(?P<number>{NUMBER})(?:\s*条)?(?:\s*之\s*(?P<branch>[一二三四五六七八九十]))?"
    + _PART
    + rf"(?=\s*(?:条|、|，|。|；|,|;|和|及|与|的|$|[^\d{'零一二三四五六七八九十百千'}年月日元]))"
)
_BACK = re.compile(
    rf"(?P<same>本法|该法|(?<!合)同法|本条例|该条例|(?<!合)同条例)(?=\s*第|\s*[0-9])"
    rf"|(?P<here>前款|本款|(?<!合)同款|前条|后条|本条|(?<!合)同条)(?:\s*第\s*(?P<paragraph>{NUMBER})\s*款)?"
)
_AFTER = re.compile(
    r"(?:依据|依照|根据|按照|违反|适用|符合|参照|和|与|及)(?P<name>[\u4e00-\u9fff]{3,20})$"
)
_NO_NAME = re.compile(
    r"(?:[该本此各]|(?<!合)同|的|司|执|方|办|想|说|做|没|书|看|用|这部|上述|前述)法$"
)
_TITLE_RE = re.compile(_TITLE)
_RANGES = frozenset("至到-－—~～")


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as it stands in the text, from ``start`` to ``end``; a bare title has no ``key``."""

    text: str
    start: int
    end: int
    title: str
    key: str = ""
    paragraph: int | None = None
    item: int | None = None


def find(text: str, books: Library) -> list[Citation]:
    """Return the citations in ``text``; what is no statute by its title is passed over."""
    found: list[Citation] = []
    last: Citation | None = None
    place = 0
    while place < len(text):
        anchor = _anchor(text, place, books, last)
        if anchor is None:
            break
        first, end = anchor
        group = list(_group(text, first, end)) if first.key else [first]
        found += group
        last = group[-1]
        place = max(last.end, place + 1)
    return found


def _anchor(
    text: str, place: int, books: Library, last: Citation | None
) -> tuple[Citation, int] | None:
    """Return the next citation from ``place`` on, with where its list of articles may go on."""
    titled = _TITLE_RE.search(text, place)
    numbered = _ARTICLE.search(text, place)
    back = _BACK.search(text, place) if last else None
    starts = [match.start() for match in (titled, numbered, back) if match]
    if not starts:
        return None
    at = min(starts)
    if titled and titled.start() == at:
        return _titled(text, titled)
    if back and last and back.start() == at:
        return _backwards(text, back, last)
    if numbered is None:
        return None
    name = _name_before(text, place, numbered.start(), books)
    if name is None and last is not None and _follows(text[last.end : numbered.start()]):
        name = (numbered.start(), last.title)
    if name is None:
        # A number without a law: look on behind it.
        return _anchor(text, numbered.end(), books, last)
    citation = _cited(text, numbered, name[0], name[1])
    return citation, numbered.end()


def _follows(between: str) -> bool:
    """Tell whether a number still belongs to the law named before: nothing but a list lies between."""
    return bool(re.fullmatch(r"[\s、，,；;和及与以或者依照根据按照的规定]{0,8}", between))


def _titled(text: str, titled: re.Match[str]) -> tuple[Citation, int]:
    title = titled["title"]
    rest = re.compile(r"\s*(?:（[^（）]{1,30}）)?\s*(?:的)?\s*").match(text, titled.end())
    numbered = _ARTICLE.match(text, rest.end() if rest else titled.end())
    if numbered:
        return _cited(text, numbered, titled.start(), title), numbered.end()
    bare = Citation(titled[0], titled.start(), titled.end(), title)
    return bare, titled.end()


def _cited(text: str, numbered: re.Match[str], start: int, title: str) -> Citation:
    number = number_of(numbered["a"] or numbered["b"] or numbered["c"] or "") or 0
    branch = numbered["ab"] or numbered["bb"]
    return Citation(
        text[start : numbered.end()],
        start,
        numbered.end(),
        title,
        key_of(number, number_of(branch) if branch else None),
        _number(numbered["paragraph"]),
        _number(numbered["item"]),
    )


def _number(text: str | None) -> int | None:
    return number_of(text) if text else None


def _name_before(text: str, place: int, end: int, books: Library) -> tuple[int, str] | None:
    """Return where a law's name without 《》 begins just before ``end``, and the name."""
    before = text[max(place, end - 26) : end].rstrip(" 的")
    bare = _BARE.search(before)
    if bare is None:
        return None
    words = bare["title"]
    if _NO_NAME.search(words):
        return None
    for cut in range(len(words) - 1):
        if words[cut:] in books.names or words[cut:] in _short_of(books):
            offset = max(place, end - 26) + bare.start("title") + cut
            return offset, words[cut:]
    # An unknown law is only meant where its name stands apart, not in 用下列办法第一条.
    offset = max(place, end - 26) + bare.start("title")
    if after := _AFTER.search(words):
        return offset + after.start("name"), after["name"]
    apart = offset == 0 or not re.match(r"[\w]", text[offset - 1])
    if apart and 4 <= len(words) <= 16:
        return offset, words
    return None


def _short_of(books: Library) -> frozenset[str]:
    return _short_names(tuple(books.repeals))


@lru_cache(maxsize=4)
def _short_names(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(title.removeprefix("中华人民共和国") for title in titles)


def _backwards(text: str, back: re.Match[str], last: Citation) -> tuple[Citation, int] | None:
    """Return what 本法第三条, 前款 or 同条第二款 mean after the last citation."""
    if back["same"]:
        numbered = _ARTICLE.match(text, back.end()) or _ARTICLE.search(text, back.end())
        if numbered is None:
            return replace(last, text=back[0], start=back.start(), end=back.end()), back.end()
        return _cited(text, numbered, back.start(), last.title), numbered.end()
    word, paragraph = back["here"], _number(back["paragraph"])
    key, whole = last.key, paragraph
    if word in ("前条", "后条") and last.key.isdecimal():
        key = str(max(1, int(last.key) + (1 if word == "后条" else -1)))
    elif word == "前款":
        whole = max(1, (last.paragraph or 2) - 1)
    elif word in ("本款", "同款"):
        whole = last.paragraph
    cited = Citation(back[0], back.start(), back.end(), last.title, key, whole)
    return cited, back.end()


def _group(text: str, first: Citation, end: int) -> Iterator[Citation]:
    """Return the first citation and those of its list: 第12、13条, 第三条至第五条."""
    yield first
    before = first
    while following := _NEXT.match(text, end):
        number = number_of(following["number"]) or 0
        tail = text[following.end() : following.end() + 1]
        if not number or tail in ("款", "项", "年", "月", "日"):
            return
        key = key_of(number, number_of(following["branch"]) if following["branch"] else None)
        if following["join"].strip() in _RANGES and before.key.isdecimal():
            for between in range(int(before.key) + 1, min(number, int(before.key) + 60)):
                yield replace(before, key=str(between), paragraph=None, item=None)
        end = following.end()
        sign = re.compile(r"\s*条").match(text, end)
        end = sign.end() if sign else end
        start = following.end("join")
        before = Citation(
            text[start:end].strip(),
            start,
            end,
            first.title,
            key,
            _number(following["paragraph"]),
            _number(following["item"]),
        )
        yield before
