"""Who takes part: parties, agents, guardians, representatives; and who leaves."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.audit.models import Entry
from linli.cases.actions.parties import PartyData, add_party, opened
from linli.cases.models import Attachment, Party
from linli.cases.tests.desk import text_of
from linli.kernel.crypto import blind_index
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.mediation.actions.consent import record_consent
from linli.mediation.actions.join import Joining, join_mediation
from linli.mediation.actions.leave import leave_mediation
from linli.mediation.actions.mandating import Paper
from linli.mediation.models import Mandate, Mediation, Participant
from linli.mediation.queries.path import parties, willing
from linli.mediation.queries.signers import signers
from linli.mediation.tests.table import TODAY, Table
from linli.mediation.tests.test_identity import CHILD

ADULT = "620302189001010013"


def person(**more: Any) -> PartyData:
    """Return somebody new."""
    return PartyData(**{"role": "third", "name": "新来示例", **more})


def join(table: Table, mediation: Mediation, by: str = "mediator", **told: Any) -> Participant:
    """Let somebody take part; ``whom`` is the participant they act for."""
    if whom := told.pop("whom", None):
        more = told.pop("mandate", {})
        told["mandate"] = Paper(**{"principal": whom.id, "given_on": TODAY, **more})
    if "party" not in told:
        told.setdefault("person", person())
    joined: Participant = table.act(by, join_mediation, mediation.id, Joining(**told))
    return joined


def leave(table: Table, one: Participant, by: str = "mediator", day: date = TODAY) -> None:
    """Let somebody leave."""
    table.act(by, leave_mediation, one.mediation_id, one.id, left_on=day)


def agree(table: Table, one: Participant) -> None:
    """Write down that a party agreed today."""
    given = {"consented_on": TODAY, "notified_on": None}
    table.act("mediator", record_consent, one.mediation_id, one.id, **given)


def test_somebody_new_is_sealed_and_recorded(table: Table) -> None:
    mediation = table.accepted()
    new = person(identity_number=f"{ADULT[:6]} {ADULT[6:]}", phone="000-1234")
    one = join(table, mediation, part="party", side="third", person=new)
    party = Party.objects.get(pk=one.party_id)
    assert party.role == "third"
    assert "新来示例".encode() not in bytes(party.personal)
    assert opened(party)["identity_number"] == ADULT
    assert bytes(party.identity_index or b"") == blind_index("identity", ADULT)
    entry = Entry.objects.get(event="mediation.join")
    assert entry.facts["participant"] == str(one.id)
    assert "示例" not in str(entry.facts)


def test_numbers_have_to_add_up(table: Table) -> None:
    mediation = table.accepted()
    wrong = [
        person(identity_number=ADULT[:-1] + "4"),
        person(identity_number=ADULT, is_organisation=True),
    ]
    for new in wrong:
        with pytest.raises(Invalid) as refused:
            join(table, mediation, part="party", side="third", person=new)
        assert "identity_number" in refused.value.fields
    company = person(identity_number="91110000600037341L", is_organisation=True)
    join(table, mediation, part="party", side="third", person=company)


def test_who_may_and_until_when(table: Table) -> None:
    mediation = table.applied()
    for name, refusal in (("director", NotPermitted), ("neighbour_clerk", NotFound)):
        with pytest.raises(refusal):
            join(table, mediation, by=name, part="witness")
        with pytest.raises(refusal):
            leave(table, table.party(mediation, "applicant"), by=name)
    Mediation.objects.filter(pk=mediation.pk).update(state="not_accepted")
    with pytest.raises(IllegalMove):
        join(table, mediation, part="witness")


def test_what_a_part_needs(table: Table) -> None:
    mediation = table.accepted()
    cases: list[tuple[dict[str, Any], str]] = [
        ({"part": "judge"}, "part"),
        ({"part": "party"}, "side"),
        ({"part": "agent"}, "principal"),
        ({"part": "representative", "side": "applicant"}, "stands_for"),
        ({"part": "party", "side": "third", "person": person(name=" ")}, "name"),
        ({"part": "party", "side": "third", "party": Party(id=table.cast.justice.id).id}, "party"),
    ]
    for told, field in cases:
        with pytest.raises(Invalid) as refused:
            join(table, mediation, **told)
        assert field in refused.value.fields, told
    # A witness has no side.
    assert join(table, mediation, part="witness", side="applicant").side == ""


def test_agents_general_and_special(table: Table) -> None:
    mediation = table.accepted()
    applicant = table.party(mediation, "applicant")
    agent = join(table, mediation, part="agent", whom=applicant)
    assert agent.side == "applicant"
    # A general mandate does not reach a settlement.
    assert not _through(mediation, applicant)
    more = {"party": agent.party_id, "part": "agent", "whom": applicant}
    with pytest.raises(Invalid) as refused:
        join(table, mediation, **more, mandate={"kind": "special"})
    assert "powers" in refused.value.fields
    special = {"kind": "special", "powers": "代为承认、放弃、变更请求，进行和解"}
    again = join(table, mediation, **more, mandate=special)
    assert again == agent
    assert _through(mediation, applicant) == {agent.id}
    kinds = Mandate.objects.filter(agent=agent).order_by("id").values_list("kind", "ended_on")
    assert list(kinds) == [("general", TODAY), ("special", None)]
    leave(table, agent)
    assert not _through(mediation, applicant)


def test_nobody_is_on_both_sides(table: Table) -> None:
    mediation = table.accepted()
    applicant, respondent = (table.party(mediation, s) for s in ("applicant", "respondent"))
    agent = join(table, mediation, part="agent", whom=applicant)
    for told in (
        {"part": "agent", "party": agent.party_id, "whom": respondent},
        {"part": "party", "party": applicant.party_id, "side": "respondent"},
    ):
        with pytest.raises(Invalid) as refused:
            join(table, mediation, **told)
        assert "168" in str(refused.value.fields["party"])
    with pytest.raises(Invalid):
        join(table, mediation, part="party", party=applicant.party_id, side="applicant")
    # One person may have several parts on one side.
    both = join(
        table, mediation, part="representative", party=applicant.party_id, side="applicant",
        stands_for=12,
    )  # fmt: skip
    assert both.party_id == applicant.party_id


def test_a_minor_needs_a_guardian_to_agree(table: Table) -> None:
    mediation = table.accepted()
    child = person(identity_number=CHILD)
    one = join(table, mediation, part="party", side="applicant", person=child)
    assert one.minor
    with pytest.raises(IllegalMove) as refused:
        agree(table, one)
    assert "民法典" in str(refused.value.hint)
    guardian = join(table, mediation, part="guardian", whom=one)
    agree(table, one)
    assert _through(mediation, one) == {guardian.id}
    mandate = Mandate.objects.get(agent=guardian)
    assert mandate.kind == "statutory"
    for told in (
        {"part": "agent", "whom": table.party(mediation, "respondent")},
        {"part": "representative", "side": "respondent", "stands_for": 3},
    ):
        with pytest.raises(Invalid):
            join(table, mediation, person=child, **told)


def test_who_gets_a_guardian_agrees_again(table: Table) -> None:
    mediation = table.applied()
    applicant = table.party(mediation, "applicant")
    assert applicant.consented_on
    join(table, mediation, part="guardian", whom=applicant)
    applicant.refresh_from_db()
    assert (applicant.minor, applicant.consented_on) == (True, None)


def test_a_minor_of_the_case_does_not_agree_by_the_opening(table: Table) -> None:
    case = table.case()
    child = PartyData(role="applicant", name="小示例", identity_number=CHILD)
    party = table.act("mediator", add_party, case.id, child)
    mediation = table.applied(case)
    one = Participant.objects.get(mediation=mediation, party=party)
    assert (one.minor, one.consented_on) == (True, None)


def test_a_group_agrees_by_its_representative(table: Table) -> None:
    mediation = table.applied()
    Participant.objects.filter(mediation=mediation).update(consented_on=None)
    leader = join(table, mediation, part="representative", side="applicant", stands_for=23)
    agree(table, leader)
    agree(table, table.party(mediation, "respondent"))
    assert willing(parties(mediation))
    signing = {one.participant.id for one in signers(mediation)}
    assert signing == {leader.id, table.party(mediation, "respondent").id}


def test_each_side_keeps_somebody(table: Table) -> None:
    mediation = table.accepted()
    applicant = table.party(mediation, "applicant")
    with pytest.raises(IllegalMove) as refused:
        leave(table, applicant)
    assert "23" in str(refused.value.hint)
    join(table, mediation, part="party", side="applicant")
    leave(table, applicant)
    applicant.refresh_from_db()
    assert applicant.left_on == TODAY
    assert Entry.objects.filter(event="mediation.leave").count() == 1
    with pytest.raises(NotFound):
        leave(table, applicant)


def test_whoever_owes_stays(table: Table) -> None:
    mediation = table.in_effect()
    join(table, mediation, part="party", side="respondent")
    with pytest.raises(IllegalMove):
        leave(table, Participant.objects.get(owes__mediation=mediation))


def test_on_the_page(table: Table, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    mediation, client = table.accepted(), table.client("mediator")
    page = f"/mediations/{mediation.id}/"
    add = page + "parties/add/agent/"
    assert add in text_of(client.get(page))
    assert add not in text_of(table.client("clerk").get(page))
    assert table.client("clerk").get(add).status_code == 403
    assert "stands_for" not in text_of(client.get(add))
    form = {
        "name": "代理示例",
        "identity_number": ADULT,
        "principal": table.party(mediation, "applicant").id,
        "kind": "special",
        "given_on": "2026-03-09",
    }
    refused = client.post(add, form)
    assert refused.status_code == 422
    assert "特别授权须写明权限" in text_of(refused)
    answer = client.post(add, form | {"powers": "代为和解", "scan": _pdf()})
    assert answer.status_code == 302, text_of(answer)
    shown = text_of(client.get(page))
    assert "代***" in shown
    assert "**************0013" in shown
    assert ADULT not in shown
    assert "代为和解" in shown
    paper = Attachment.objects.get(name="委托书.pdf")
    assert f"/cases/{mediation.case_id}/files/{paper.id}/" in shown
    agent = Participant.objects.get(mediation=mediation, part="agent")
    gone = client.post(f"{page}parties/{agent.id}/leave/", {"left_on": "2026-03-10"})
    assert gone.status_code == 302
    assert "代***" not in text_of(client.get(page))


def test_the_paper_may_come_later(table: Table, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    mediation, client = table.accepted(), table.client("mediator")
    agent = join(table, mediation, part="agent", whom=table.party(mediation, "applicant"))
    mandate = Mandate.objects.get(agent=agent)
    page = f"/mediations/{mediation.id}/"
    add = f"{page}mandates/{mandate.id}/paper/"
    assert add in text_of(client.get(page))
    assert add not in text_of(table.client("clerk").get(page))
    assert table.client("clerk").post(add, {"scan": _pdf()}).status_code == 403
    assert client.post(add, {}).status_code == 422
    assert client.post(add, {"scan": SimpleUploadedFile("a.exe", b"MZ")}).status_code == 422
    assert client.post(add, {"scan": _pdf()}).status_code == 302
    mandate.refresh_from_db()
    assert mandate.attachment
    assert Entry.objects.get(event="mediation.paper").facts["mandate"] == str(mandate.id)
    assert client.post(add, {"scan": _pdf()}).status_code == 409
    assert add not in text_of(client.get(page))


def test_a_number_taken_in_with_the_case_may_be_doubtful(table: Table) -> None:
    case = table.case()
    for number in (ADULT, ADULT[:-1] + "4"):
        data = PartyData(role="third", name="第三示例", identity_number=number)
        table.act("mediator", add_party, case.id, data)
    mediation = table.applied(case)
    shown = text_of(table.client("mediator").get(f"/mediations/{mediation.id}/"))
    assert shown.count("号码有误") == 1


def test_more_people_cost_no_more_queries(table: Table) -> None:
    mediation, client = table.accepted(), table.client("mediator")
    page = f"/mediations/{mediation.id}/"
    join(table, mediation, part="agent", whom=table.party(mediation, "applicant"))
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _ in range(3):
        one = join(table, mediation, part="party", side="respondent")
        join(table, mediation, part="agent", whom=one)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)


def _through(mediation: Mediation, party: Participant) -> set[Any]:
    """Return who may sign for a party."""
    one = next(s for s in signers(mediation) if s.participant.id == party.id)
    return {agent.id for agent in one.through}


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("委托书.pdf", b"%PDF-1.4\n%%EOF\n")
