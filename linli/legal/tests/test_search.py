"""The search: by number, by words, by everyday speech; only what is in force unless asked."""

from datetime import date
from pathlib import Path

import pytest

from linli.legal import queries
from linli.legal.evaluate import evaluate, read_questions
from linli.legal.library import national
from linli.legal.numerals import number_of, numeral_of
from linli.legal.speech import common_phrases

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
DATA = Path(__file__).parent / "data"


def first(words: str, on: date = TODAY) -> tuple[str, str]:
    hit = queries.search(words, on).hits[0].article
    return hit.law.short, hit.key


def test_numerals_are_read_and_written() -> None:
    assert all(number_of(numeral_of(number)) == number for number in range(1, 2000))


@pytest.mark.parametrize(
    "words", ["民法典675条", "《民法典》第六百七十五条", "民法典 675", "675", "第六百七十五条"]
)
def test_a_number_finds_its_article(words: str) -> None:
    assert first(words) == ("民法典", "675")


def test_the_library_holds_what_it_should() -> None:
    # What another test put on the shelf was rolled back, and is kept for some seconds.
    queries._kept.clear()
    figures = queries.figures()
    assert (figures.laws, figures.articles, figures.marked) == (378, 26196, 23490)


def test_the_wording_of_the_day_is_found() -> None:
    old = queries.article("仲裁法", "1", date(2024, 1, 1))
    new = queries.article("仲裁法", "1", TODAY)
    assert old is not None
    assert new is not None
    assert old.law.key != new.law.key


def test_what_is_not_in_force_is_found_only_when_asked_for() -> None:
    words = "噪声污染防治法 夜间"
    shorts = {hit.article.law.short for hit in queries.search("夜间施工噪声", TODAY).hits}
    assert "噪声污染防治法" not in shorts
    assert first(words, date(2024, 1, 1))[0] == "噪声污染防治法"


def test_every_article_of_the_vocabulary_is_in_force() -> None:
    books = national()
    gone = []
    for phrase in common_phrases():
        for name, key in phrase.articles:
            law = books.wording(name, TODAY)
            found = books.article(law, key) if law else None
            if found is None or found.force(TODAY) != "in_force":
                gone.append((name, key))
    assert gone == []


def test_everyday_questions_are_answered_among_the_first_five() -> None:
    questions = read_questions(DATA / "everyday_questions.csv", queries.library(), TODAY)
    assert len(questions) >= 60
    quality = evaluate(questions, lambda words: queries.search(words, TODAY))
    assert quality.r_at_5 >= 0.85, quality.missed
