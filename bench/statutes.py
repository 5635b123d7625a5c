"""How fast statutes are found: ``LINLI_HOME=… python -m bench.statutes`` prints JSON."""

import json
import os
import time
from dataclasses import asdict
from pathlib import Path

QUESTIONS = Path("linli/legal/tests/data")


def main() -> None:
    """Time loading, indexing and every question of the lists in the package's library alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    import django

    django.setup()
    from datetime import date

    from linli.legal import index, library, search, speech
    from linli.legal.evaluate import evaluate, read_questions

    began = time.perf_counter()
    books = library.national()
    loaded = time.perf_counter()
    shelf = search.Shelf(books, [index.build(books.articles)], speech.common_phrases())
    shelf.search("借款", on=date(2026, 11, 24))
    ready = time.perf_counter()
    found = {"load_s": round(loaded - began, 2), "index_s": round(ready - loaded, 2)}
    told: dict[str, object] = dict(found)
    day = date(2026, 11, 24)
    for path in sorted(QUESTIONS.glob("*.csv")):
        asked = read_questions(path, books, day)
        quality = asdict(evaluate(asked, lambda words: shelf.search(words, on=day)))
        quality.pop("missed")
        told[path.stem] = quality
    print(json.dumps(told))


if __name__ == "__main__":
    main()
