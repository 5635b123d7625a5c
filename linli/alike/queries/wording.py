"""The words two texts have in common, as a person reads them."""

from linli.alike.words import units

_LEAST = 2
_EMPTY = frozenset({"引发", "纠纷", "争议", "矛盾", "问题", "请求", "咨询", "发生", "邻里", "的"})


def shared_words(text: str, other: str, most: int = 4) -> tuple[str, ...]:
    """Return the longest runs of ``other`` that ``text`` also has, in the order of ``other``."""
    there = "".join(f"\0{unit}" for unit in units(text))
    runs: list[tuple[int, str]] = []
    wanted = units(other)
    start = 0
    while start < len(wanted):
        end = start
        while end < len(wanted) and wanted[end].isalnum() and _has(there, wanted[start : end + 1]):
            end += 1
        if end - start >= _LEAST and (word := "".join(wanted[start:end])) not in _EMPTY:
            runs.append((start, word))
        start = max(end, start + 1)
    longest = sorted(runs, key=lambda run: -len(run[1]))[:most]
    return tuple(dict.fromkeys(word for _, word in sorted(longest)))


def _has(text: str, run: list[str]) -> bool:
    return "".join(f"\0{unit}" for unit in run) + "\0" in text + "\0"
