"""The clause library: what is refused, who may, what is kept, and the clauses it begins with."""

from importlib import import_module
from typing import Any

import pytest

from linli.audit.models import Entry
from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotPermitted
from linli.legal.citations import Verdict, check
from linli.mediation.actions.retire_clause import offer_clause, retire_clause
from linli.mediation.actions.write_clause import ClauseData, add_clause, change_clause
from linli.mediation.clauses import ALL, ONE, WORDS, UnknownField, check_fields, told
from linli.mediation.models import Agreement, AgreementClause, Clause
from linli.mediation.queries.agreement import clauses_for
from linli.mediation.tests.table import TODAY, Table

PAGE = "/mediations/clauses/"
FIRST = import_module("linli.mediation.migrations.0006_first_clauses")
GIVEN = {"title": "交还钥匙", "text": "{debtor}应于{due_on}前交还钥匙。", "position": 15}


def add(table: Table, who: str = "administrator", **fields: Any) -> Clause:
    """Add a clause."""
    return table.act(who, add_clause, ClauseData(**GIVEN | fields))  # type: ignore[no-any-return]


def test_a_clause_is_offered_for_its_types_in_its_place(table: Table) -> None:
    add(table, categories=("neighbour",))
    mediation = table.accepted()
    titles = [one.title for one in clauses_for(mediation)]
    assert titles.index("一次性付款") + 1 == titles.index("交还钥匙") < titles.index("分期付款")
    other = table.accepted(table.case(category="family"))
    assert "交还钥匙" not in [one.title for one in clauses_for(other)]
    entry = Entry.objects.get(event="clause.add")
    assert entry.facts["text"] == GIVEN["text"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"text": "{debtor}支付{sum}。"}, "text", "{sum}"),
        ({"text": "{debtor}支付{金额}。"}, "text", "{金额}"),
        ({"text": "{debtor}支付{total:2}。"}, "text", "{total:2}"),
        ({"text": "{debtor:0}支付。"}, "text", "{debtor:0}"),
        ({"text": "{debtor支付。"}, "text", "{"),
        ({"text": "依照《民法典》第九千条处理。"}, "text", "第九千条"),
        ({"text": "依照《中华人民共和国合同法》第一条处理。"}, "text", "合同法"),
        ({"text": " "}, "text", ""),
        ({"title": ""}, "title", ""),
        ({"title": "长" * 61}, "title", "60"),
        ({"position": -1}, "position", ""),
        ({"categories": ("fire",)}, "categories", ""),
    ],
)
def test_what_cannot_stand_is_refused(
    table: Table, fields: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add(table, **fields)
    assert list(refused.value.fields) == [field]
    assert said in str(refused.value.fields[field])
    assert not Clause.objects.filter(title=GIVEN["title"]).exists()


def test_agreements_keep_their_words_and_their_source(table: Table) -> None:
    clause = add(table)
    mediation = table.in_effect()
    agreement = Agreement.objects.get(mediation=mediation)
    AgreementClause.objects.create(
        mediation=mediation, agreement=agreement, position=2, text=clause.text, source=clause
    )
    data = ClauseData(**GIVEN | {"text": "{debtor}应于{due_on}前交还全部钥匙。"})
    table.act("administrator", change_clause, clause.id, data)
    table.act("administrator", retire_clause, clause.id)
    kept = agreement.clauses.get(position=2)
    assert (kept.text, kept.source_id) == (GIVEN["text"], clause.id)
    assert clause not in clauses_for(mediation)
    with pytest.raises(IllegalMove):
        table.act("administrator", retire_clause, clause.id)
    table.act("administrator", offer_clause, clause.id)
    assert clause in clauses_for(mediation)
    events = Entry.objects.filter(object_id=str(clause.id)).order_by("id")
    assert [one.event.partition(".")[2] for one in events] == ["add", "change", "retire", "offer"]
    assert events[1].facts["changed"] == ["text"]


def test_a_retired_clause_whose_law_is_gone_does_not_come_back(table: Table) -> None:
    text = "依照《中华人民共和国合同法》第一条处理。"
    old = Clause.objects.create(title="旧", text=text, retired=True)
    with pytest.raises(Invalid):
        table.act("administrator", offer_clause, old.id)


@pytest.mark.parametrize("who", ["mediator", "director", "city_director", "auditor"])
def test_only_an_administrator_edits_the_library(table: Table, who: str) -> None:
    clause = Clause.objects.first()
    assert clause is not None
    for act in (add_clause, change_clause, retire_clause, offer_clause):
        given: list[Any] = [] if act is add_clause else [clause.id]
        given += [ClauseData(**GIVEN)] if act in (add_clause, change_clause) else []
        with pytest.raises(NotPermitted):
            table.act(who, act, *given)
    client = table.client(who)
    for page in (PAGE, f"{PAGE}add/", f"{PAGE}{clause.id}/"):
        assert client.get(page).status_code == 403


def test_the_pages(table: Table, django_assert_max_num_queries: Any) -> None:
    client = table.client("administrator")
    with django_assert_max_num_queries(14):
        text = text_of(client.get(PAGE))
    assert text.index("一次性付款<") < text.index("分期付款<")
    assert "{debtor}" not in text
    assert PAGE in text_of(client.get("/mediations/forms/"))
    assert "赡养父母" not in text_of(client.get(PAGE, {"category": "neighbour"}))
    wrong = client.post(f"{PAGE}add/", GIVEN | {"text": "{sum}"})
    assert wrong.status_code == 422
    assert "{sum}" in text_of(wrong)
    assert client.post(f"{PAGE}add/", GIVEN).status_code == 302
    made = Clause.objects.get(title=GIVEN["title"])
    page = f"{PAGE}{made.id}/"
    assert "{instalments}" in text_of(client.get(page))
    assert client.post(page, GIVEN | {"position": 5}).status_code == 302
    assert client.post(f"{page}retire/").status_code == 302
    assert f"{page}offer/" in text_of(client.get(PAGE))
    assert client.post(f"{page}offer/").status_code == 302
    made.refresh_from_db()
    assert (made.position, made.retired) == (5, False)


def test_the_first_clauses_can_be_filled_and_cite_what_is_so(db: None) -> None:
    cited = {}
    for _title, text, _types in FIRST.CLAUSES:
        check_fields(text)
        for one in check(text, TODAY):
            assert one.verdict is Verdict.VALID, one.reason
            assert one.article is not None
            cited[one.law.short if one.law else "", one.citation.key] = one.article.text
    words = {
        ("民法典", "675"): "按照约定的期限返还借款",
        ("民法典", "676"): "支付逾期利息",
        ("民法典", "237"): "修理、重作、更换或者恢复原状",
        ("民法典", "236"): "排除妨害",
        ("民法典", "288"): "有利生产、方便生活、团结互助、公平合理",
        ("民法典", "291"): "因通行等必须利用其土地的，应当提供必要的便利",
        ("民法典", "235"): "返还原物",
        ("民法典", "26"): "成年子女对父母负有赡养、扶助和保护的义务",
        ("民法典", "179"): "（十一）赔礼道歉",
        ("人民调解法", "4"): "不收取任何费用",
        ("人民调解法", "31"): "对调解协议的履行情况进行监督",
        ("人民调解法", "33"): "三十日内共同向人民法院申请司法确认",
    }
    assert set(cited) == set(words)
    for key, said in words.items():
        assert said in cited[key]


def test_the_first_clauses_leave_a_library_alone(table: Table) -> None:
    from django.apps import apps

    assert Clause.objects.count() == len(FIRST.CLAUSES)
    FIRST.write(apps, None)
    assert Clause.objects.count() == len(FIRST.CLAUSES)


def test_every_field_has_its_words() -> None:
    assert set(WORDS) == set(ONE) | set(ALL)
    assert "{" not in told("".join(f"{{{name}}}" for name in WORDS) + "{amount:2}")
    with pytest.raises(UnknownField):
        check_fields("}")
