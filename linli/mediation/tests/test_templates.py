"""A city's own Word templates: tried before they hold, in a sandbox, and withdrawn again."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from linli.cases.tests.desk import text_of
from linli.kernel.errors import Invalid, NotPermitted
from linli.mediation.actions.keep_template import keep_template, withdraw_template
from linli.mediation.actions.print_file import print_paper
from linli.mediation.models import Template
from linli.mediation.papers.bind import print_word
from linli.mediation.papers.fields import sample
from linli.mediation.papers.fill import LARGEST, BadTemplate, fill
from linli.mediation.papers.forms_after import FORMS
from linli.mediation.papers.typeset import typeset
from linli.mediation.papers.word_template import word_template
from linli.mediation.queries.facts import facts
from linli.mediation.tests.table import TODAY, Table, noon
from linli.mediation.tests.test_file import words_of


def word(*paragraphs: str) -> bytes:
    """Return a Word file of a few paragraphs."""
    document, kept = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(kept)
    return kept.getvalue()


def keep(table: Table, data: bytes, who: str = "administrator") -> Template:
    """Keep a template for the notice."""
    given = {"name": "告知书.docx", "data": data}
    return table.act(who, keep_template, "notice", **given)  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_each_form_that_comes_along_passes_its_own_trial(kind: str) -> None:
    assert print_word(fill(word_template(kind), sample()))[:4] == b"%PDF"


def test_the_fields_that_are_told_are_those_there_are(table: Table) -> None:
    def shape(value: object) -> object:
        return sorted(value) if isinstance(value, dict) else type(value) is list

    mediation = table.in_effect()
    told, given = sample(), facts(mediation, noon(TODAY))
    assert sorted(told) == sorted(given)
    for name in ("file", "case", "confirmation", "agreement"):
        assert shape(told[name]) == shape(given[name])
    assert sorted(told["parties"][0]) == sorted(given["parties"][0])


def test_ones_own_template_holds_until_it_is_withdrawn(table: Table) -> None:
    mediation = table.accepted()
    row = keep(table, word("本市告知书：{{ file.number }}"))
    printed = words_of(table.act("mediator", print_paper, mediation.id, "notice", as_pdf=True))
    assert printed.replace(" ", "") == "本市告知书：(2026)龙人调字第1号"
    keep(table, word("第二版"))
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    newest = Template.objects.get(withdrawn_at=None)
    table.act("administrator", withdraw_template, newest.id)
    printed = words_of(table.act("mediator", print_paper, mediation.id, "notice", as_pdf=True))
    assert "人民调解当事人权利义务告知书" in printed


@pytest.mark.parametrize(
    "text",
    [
        "{{ file.nummer }}",
        "{{ nobody }}",
        "{% for %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ parties.append(1) }}",
        "{% for x in range(999999999) %}{% endfor %}",
    ],
)
def test_what_does_not_hold(table: Table, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        keep(table, word(text))
    assert "document" in refused.value.fields
    assert not Template.objects.exists()


def test_the_recipe_as_it_is_written(table: Table) -> None:
    """docs/howto/official-forms.md: rows and paragraphs that are repeated, and what may be missing."""
    document, kept = Document(), io.BytesIO()
    document.add_paragraph("协议 {{ file.number }}")
    grid = document.add_table(rows=0, cols=2)
    for text in ("{%tr for x in owed %}", "{{ x.due_on }}", "{%tr endfor %}"):
        grid.add_row().cells[0].text = text
    for text in (
        "{%p for c in agreement.clauses %}", "条款：{{ c }}", "{%p endfor %}",
        "{%p if claimed %}", "请求{{ claimed }}", "{%p endif %}",
    ):  # fmt: skip
        document.add_paragraph(text)
    document.save(kept)
    given = {"name": "协议书.docx", "data": kept.getvalue()}
    table.act("administrator", keep_template, "agreement", **given)
    mediation = table.in_effect()
    printed = words_of(table.act("mediator", print_paper, mediation.id, "agreement", as_pdf=True))
    shown = printed.replace(" ", "")
    assert "2026年4月10日" in shown
    assert "条款：乙方分期归还借款。" in shown
    assert "请求10,000.00元" in shown
    assert "{" not in shown


def test_who_may(table: Table) -> None:
    with pytest.raises(NotPermitted):
        keep(table, word("x"), "mediator")
    assert table.client("mediator").get("/mediations/forms/").status_code == 403


def test_what_is_no_word_file(table: Table) -> None:
    with pytest.raises(Invalid):
        keep(table, b"%PDF-1.7")
    with pytest.raises(BadTemplate):
        fill(b"PK nothing", {})
    assert len(word_template("agreement")) < LARGEST


def test_words_are_never_markup() -> None:
    text = '#pagebreak() "$x$" \\ [a] *b* _c_ @d <e> //f'
    printed = words_of(print_word(word(text)))
    assert printed.replace(" ", "") == text.replace(" ", "")
    assert "#v(" in typeset(word(""))


def test_the_pages(table: Table) -> None:
    client = table.client("administrator")
    assert "权利义务告知书" in text_of(client.get("/mediations/forms/"))
    page = "/mediations/forms/notice/"
    assert "file.number" in text_of(client.get(page))
    data = client.get(page + "download/").content
    wrong = SimpleUploadedFile("a.docx", word("{{ nobody }}"))
    assert "nobody" in text_of(client.post(page, {"document": wrong}))
    right = SimpleUploadedFile("a.docx", data)
    assert client.post(page, {"document": right}).status_code == 302
    row = Template.objects.get(withdrawn_at=None)
    assert client.post(f"{page}{row.id}/withdraw/").status_code == 302
    assert client.get("/mediations/forms/cards/").status_code == 404
