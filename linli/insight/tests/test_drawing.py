"""The repeated parts of a page of figures: written as the components draw them, and escaped."""

from datetime import date

from linli.insight.panels import Bar, Row, Tile, trend
from linli.insight.queries import Counts
from linli.insight.templatetags import figures

EVIL = '<b>"&'


def test_what_people_named_is_escaped() -> None:
    counts = dict.fromkeys(
        ("overdue", "open", "cases", "disputes", "rate", "kept_low", "on_time"), EVIL
    )
    link = "/cases/?a=1&b=<"
    drawn = [
        figures.tiles([Tile(EVIL, EVIL, link, "red", EVIL, better=True)]),
        figures.bars([Bar(EVIL, EVIL, 12.34, EVIL, link)]),
        figures.area_rows([Row("6203", EVIL, "red", counts, link, link, link)], "/figures/", EVIL),
        figures.trend_rows(trend([(date(2026, 1, 1), Counts(2, 1))], lambda _a, _b: link)),
    ]
    for html in drawn:
        assert "<b>" not in html
        assert "&lt;b&gt;" in html or html is drawn[3]
        assert "a=1&amp;b=&lt;" in html


def test_a_figure_without_a_way_in_is_plain_text() -> None:
    tile = figures.tiles([Tile("a", "1")])
    assert tile.startswith('<div class="tile">')
    assert "tile-change" not in tile
    assert "<a " not in figures.bars([Bar("a", "1", 50.0)])
    rows = figures.area_rows([Row("6203", "a", "", _plain())], "/figures/")
    assert rows.count("<a ") == 1, "the area's own figures"
    assert '<tr><th scope="row"><a href="/figures/?area=6203">a</a></th>' in rows


def test_worse_and_better_have_their_tone() -> None:
    assert "change-worse" in figures.tiles([Tile("a", "1", change="-1", better=False)])
    assert "change-better" in figures.tiles([Tile("a", "1", change="+1", better=True)])
    assert 'class=""' in figures.tiles([Tile("a", "1", change="+1")])


def test_columns_stand_where_the_numbers_say() -> None:
    drawn = trend([(date(2026, 1, 1), Counts(4, 2)), (date(2026, 2, 1), Counts())], _nowhere)
    html = figures.trend_columns(drawn)
    assert html.count("<rect") == 4
    assert ">4</text>" in html
    assert ">26-1</text>" in html
    assert '<td class="number">4</td><td class="number">2</td>' in figures.trend_rows(drawn)


def _plain() -> dict[str, str]:
    names = ("overdue", "open", "cases", "disputes", "rate", "kept_low", "on_time")
    return dict.fromkeys(names, "0")


def _nowhere(_first: date, _last: date) -> str:
    return ""
