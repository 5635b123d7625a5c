"""The shell and its components: drawn whole in both languages, safe, and with their words."""

import datetime

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from linli.site.templatetags.ui import moment

pytestmark = pytest.mark.urls("linli.site.tests.styleguide_urls")


def render(source: str, **context: object) -> str:
    """Render a snippet with the site's tag libraries."""
    request = context.pop("request", None) or RequestFactory().get("/")
    template = Template("{% load assets i18n ui %}" + source)
    return template.render(Context({"request": request, **context})).strip()


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "超期"), ("en", "Overdue")])
def test_style_guide_in_both_languages(language: str, word: str) -> None:
    page = Client(headers={"accept-language": language}).get("/styleguide/").content.decode()
    assert word in page
    assert "<script>" not in page
    assert " style=" not in page
    assert " onclick=" not in page


def test_light_is_a_word_besides_a_colour() -> None:
    with translation.override("zh-hans"):
        assert render('{% light "yellow" %}') == '<span class="light light-yellow">临期</span>'
        assert ">高风险<" in render('{% light "red" "高风险" %}')


def test_light_escapes_its_word() -> None:
    assert "<b>" not in render('{% light "red" word %}', word="<b>")


def test_moment_is_in_the_citys_zone_and_tells_the_distance() -> None:
    at = datetime.datetime(2020, 1, 1, 20, 30, tzinfo=datetime.UTC)
    with translation.override("en"):
        text = moment(at)
    assert ">2020-01-02 04:30<" in text
    assert "years ago" in text


def test_moment_of_nothing_is_a_dash() -> None:
    assert moment(None) == "—"


def test_moment_short_leaves_out_this_year_only() -> None:
    now = timezone.now()
    assert f">{timezone.localtime(now):%m-%d %H:%M}<" in moment(now, "short")
    old = datetime.datetime(2019, 5, 1, 4, tzinfo=datetime.UTC)
    assert ">2019-05-01 12:00<" in moment(old, "short")


def test_query_keeps_what_it_is_not_told_to_change() -> None:
    request = RequestFactory().get("/", {"area": "6203", "after": "x", "kind": ["a", "b"]})
    made = render('{% query state="open" after=None %}', request=request)
    assert made == "?area=6203&amp;kind=a&amp;kind=b&amp;state=open"


def test_wrong_fields_are_tied_to_their_errors() -> None:
    page = Client().get("/styleguide/").content.decode()
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'id="id_title_error"' in page


@pytest.mark.parametrize(("cookie", "written"), [("dark", True), ('"><script>', False)])
def test_theme_cookie(cookie: str, written: bool) -> None:
    client = Client()
    client.cookies["linli_theme"] = cookie
    page = client.get("/styleguide/").content.decode()
    assert ('data-theme="' in page.split("<body")[0]) is written
