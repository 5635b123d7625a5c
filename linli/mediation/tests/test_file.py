"""The file 卷宗: its papers, what is missing, the bound PDF, its seal, and its end."""

import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader, PdfWriter

from linli.audit.models import Entry
from linli.cases.actions.attach import attach_case
from linli.cases.actions.detach import detach_case
from linli.cases.files import path_of
from linli.cases.models import Attachment
from linli.cases.tests.desk import text_of
from linli.kernel.errors import IllegalMove, Invalid, NotFound, NotPermitted
from linli.mediation.actions.add_paper import add_paper, remove_paper
from linli.mediation.actions.archive import archive_mediation, kept_until
from linli.mediation.actions.destroy_file import destroy_file
from linli.mediation.actions.end import end_mediation
from linli.mediation.actions.print_file import print_file, print_paper
from linli.mediation.models import Archive, Mediation, Note, Paper, Participant, Session
from linli.mediation.papers.forms_after import FORMS
from linli.mediation.queries.file import entries, missing
from linli.mediation.tests.table import TODAY, Table, told


def photo(colour: str = "white") -> bytes:
    """Return a small photo."""
    kept = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(kept, "JPEG")
    return kept.getvalue()


def pdf(pages: int) -> bytes:
    """Return a scan of several pages."""
    writer, kept = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(kept)
    return kept.getvalue()


def scan(
    table: Table, mediation: Mediation, kind: str, data: bytes, about: UUID | None = None
) -> Paper:
    """Attach a scan to the case and put it into the file."""
    row = table.act("mediator", attach_case, mediation.case_id, name=f"{kind}.pdf", data=data)
    return table.act(
        "mediator", add_paper, mediation.id, kind=kind, attachment=row.id, dated=TODAY, about=about
    )  # type: ignore[no-any-return]


def ended(table: Table) -> Mediation:
    """Return a mediation that ended before a session was held; nothing is missing."""
    mediation = table.accepted()
    Participant.objects.filter(mediation=mediation).update(notified_on=TODAY)
    scan(table, mediation, "identity", photo())
    table.act("mediator", end_mediation, mediation.id, reason="withdrawn", note="双方撤回")
    return table.fresh(mediation)


def concluded(table: Table) -> Mediation:
    """Return a followed-up mediation with a written agreement, put there by hand."""
    mediation = table.in_effect()
    Session.objects.filter(mediation=mediation).update(closed_at=timezone.now())
    Mediation.objects.filter(pk=mediation.pk).update(state="followed_up")
    return table.fresh(mediation)


def words_of(data: bytes) -> str:
    """Return the text of a PDF."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_every_form_is_filled_with_full_names_and_printing_is_recorded(table: Table) -> None:
    mediation = table.in_effect()
    for kind in FORMS:
        word = table.act("mediator", print_paper, mediation.id, kind)
        assert word[:2] == b"PK"
    text = words_of(table.act("mediator", print_paper, mediation.id, "agreement", as_pdf=True))
    assert "人民调解协议书" in text
    assert "甲方示例" in text
    assert "乙方分期归还借款" in text
    printed = Entry.objects.filter(event="mediation.print")
    assert printed.count() == len(FORMS) + 1
    with pytest.raises(NotPermitted):
        table.act("clerk", print_paper, mediation.id, "agreement")
    with pytest.raises(NotFound):
        table.act("mediator", print_paper, mediation.id, "identity")


def test_words_of_people_are_words_and_no_template(table: Table) -> None:
    mediation = table.applied(brief="{{ file.number }} {% for %} <w:p> #pagebreak() \x07 “引号”")
    text = words_of(table.act("mediator", print_paper, mediation.id, "application", as_pdf=True))
    assert "{{ file.number }} {% for %} <w:p> #pagebreak()" in text


def test_the_file_in_order_with_page_numbers(table: Table) -> None:
    mediation = table.in_effect()
    scan(table, mediation, "identity", pdf(3))
    scan(table, mediation, "evidence", photo("gray"))
    kinds = [entry.kind for entry in entries(mediation)]
    assert kinds == [
        "application", "acceptance", "notice", "identity", "evidence", "session", "agreement",
        "receipt", "file_note",
    ]  # fmt: skip
    data = table.act("mediator", print_file, mediation.id)
    read = PdfReader(io.BytesIO(data))
    texts = [page.extract_text() for page in read.pages]
    assert "人民调解卷宗" in texts[0]
    # Each page carries its number at its head, from one on; cover, contents and back cover have none.
    assert [text.split()[0] for text in texts[2:-1]] == [str(n + 1) for n in range(len(texts) - 3)]
    contents = texts[1]
    # application 1, acceptance 2, notice 3, identity 4–6, evidence 7, session 8, agreement 9…
    for place, title in ((1, "调解申请书"), (4, "身份证明"), (7, "证据材料"), (9, "调解协议书")):
        line = next(line for line in contents.splitlines() if title in line or str(place) in line)
        assert line
    starts = {mark.title: read.get_destination_page_number(mark) - 1 for mark in read.outline}
    assert (starts["身份证明"], starts["证据材料"]) == (4, 7)
    assert starts["调解记录 第1次"] == 8
    assert "卷宗备考" in texts[-1]
    assert f"共 {len(texts) - 3} 页" in texts[-1].replace("\n", " ")


def test_the_signed_original_takes_the_place_of_what_is_made(table: Table) -> None:
    mediation = table.in_effect()
    agreement = mediation.agreements.get()
    paper = scan(table, mediation, "agreement", pdf(2), agreement.id)
    [entry] = [one for one in entries(mediation) if one.kind == "agreement"]
    assert (entry.pieces, [one.id for one in entry.scans]) == ((False, True), [paper.id])
    table.act("mediator", remove_paper, paper.id)
    [entry] = [one for one in entries(mediation) if one.kind == "agreement"]
    assert entry.pieces == (True, False)


def test_what_is_missing_is_named_and_refuses_the_archive(table: Table) -> None:
    mediation = concluded(table)
    assert len(missing(mediation)) == 3
    with pytest.raises(IllegalMove) as refused:
        table.act("mediator", archive_mediation, mediation.id, term="long")
    assert "身份证明" in str(refused.value.reason)
    assert "27" in str(refused.value.hint)
    Participant.objects.filter(mediation=mediation).update(notified_on=TODAY)
    scan(table, mediation, "identity", photo())
    scan(table, mediation, "agreement", photo(), mediation.agreements.get().id)
    assert missing(mediation) == []
    Session.objects.filter(mediation=mediation).update(closed_at=None)
    assert len(missing(mediation)) == 1


def test_a_sealed_file_is_encrypted_hashed_and_closed(table: Table) -> None:
    mediation = ended(table)
    paper = Paper.objects.get(mediation=mediation)
    table.act("mediator", archive_mediation, mediation.id, term="long")
    archive = Archive.objects.get(mediation=mediation)
    assert archive.keep_until == date(TODAY.year + 30, 12, 31)
    entry = Entry.objects.get(event="mediation.archive", object_id=str(mediation.id))
    assert entry.facts["sha256"] == archive.sha256
    kept = archive.attachment
    assert kept is not None
    assert path_of(kept.sha256).read_bytes()[:4] != b"%PDF"
    data = table.act("mediator", print_file, mediation.id)
    assert len(PdfReader(io.BytesIO(data)).pages) == archive.pages + 3
    assert told(mediation)[-1] == "archive"
    # Nobody else gets at it, and nothing in it changes.
    page = f"/cases/{mediation.case_id}/"
    assert mediation.number not in text_of(table.client("clerk").get(page))
    assert table.client("mediator").get(f"{page}files/{kept.id}/").status_code == 404
    with pytest.raises(IllegalMove):
        table.act("mediator", remove_paper, paper.id)
    with pytest.raises(IllegalMove):
        table.act("mediator", detach_case, paper.attachment_id, reason="放错了地方")
    with pytest.raises(NotFound):
        table.act("mediator", detach_case, kept.id, reason="放错了地方")


def test_a_file_that_was_tampered_with_is_not_handed_out(table: Table) -> None:
    mediation = ended(table)
    table.act("mediator", archive_mediation, mediation.id, term="permanent")
    Archive.objects.filter(mediation=mediation).update(sha256="0" * 64)
    with pytest.raises(IllegalMove):
        table.act("mediator", print_file, mediation.id)


def test_a_scan_taken_out_of_the_case_leaves_the_file(table: Table) -> None:
    mediation = table.accepted()
    paper = scan(table, mediation, "evidence", photo())
    table.act("mediator", detach_case, paper.attachment_id, reason="放错了地方")
    paper.refresh_from_db()
    assert paper.removed_at is not None


def test_a_receipt_of_a_payment_is_a_paper_of_the_file(table: Table) -> None:
    mediation = table.in_effect()
    row = table.act("mediator", attach_case, mediation.case_id, name="收条.jpg", data=photo())
    page, client = f"/mediations/{mediation.id}/", table.client("mediator")
    assert "收条.jpg" in text_of(client.get(page + "pay/"))
    owed = mediation.obligations.get()
    step = {"version": mediation.version, "obligation": owed.id, "paid_on": "2026-03-10"}
    assert client.post(page + "pay/", step | {"receipt": row.id}).status_code == 302
    [entry] = [one for one in entries(table.fresh(mediation)) if one.kind == "receipt"]
    assert entry.pieces == (True, True)
    assert [one.attachment_id for one in entry.scans] == [row.id]


def test_what_can_not_be_bound(table: Table) -> None:
    mediation = table.accepted()
    word = table.act("mediator", print_paper, mediation.id, "notice")
    with pytest.raises(Invalid):
        scan(table, mediation, "evidence", word)
    with pytest.raises(Invalid):
        scan(table, mediation, "cover", photo())
    # A PDF that only begins like one: named when the file is bound, not a crash.
    scan(table, mediation, "evidence", b"%PDF-1.7\n" + b"x" * 200)
    with pytest.raises(Invalid) as refused:
        table.act("mediator", print_file, mediation.id)
    assert "证据材料" in str(refused.value.reason)


def test_numbers_follow_each_other(table: Table) -> None:
    first, second = table.accepted(), table.accepted()
    assert [first.number, second.number] == ["(2026)龙人调字第1号", "(2026)龙人调字第2号"]


def test_destroyed_by_two_after_its_term(table: Table) -> None:
    mediation = ended(table)
    table.act("mediator", archive_mediation, mediation.id, term="short")
    with pytest.raises(IllegalMove):
        table.act("village_director", destroy_file, mediation.id)
    Archive.objects.filter(mediation=mediation).update(keep_until=TODAY - timedelta(days=1))
    with pytest.raises(NotPermitted):
        table.act("mediator", destroy_file, mediation.id)
    table.act("village_director", destroy_file, mediation.id)
    with pytest.raises(IllegalMove):
        table.act("village_director", destroy_file, mediation.id)
    table.act("director", destroy_file, mediation.id)
    archive = Archive.objects.get(mediation=mediation)
    assert archive.destroyed_at is not None
    assert not Note.objects.filter(mediation=mediation).exists()
    assert not Attachment.objects.filter(case=mediation.case_id, removed_at=None).exists()
    assert Entry.objects.filter(event="mediation.destroy").count() == 1
    with pytest.raises(IllegalMove):
        table.act("mediator", print_file, mediation.id)
    assert table.fresh(mediation).number == "(2026)龙人调字第1号"


def test_terms() -> None:
    assert kept_until("permanent", TODAY) is None
    assert kept_until("short", date(2026, 1, 1)) == date(2036, 12, 31)


def test_the_page_of_the_file(table: Table) -> None:
    mediation = table.in_effect()
    page, client = f"/mediations/{mediation.id}/file/", table.client("mediator")
    assert "身份证明" in text_of(client.get(f"/mediations/{mediation.id}/"))
    assert "归档前还缺" in text_of(client.get(page))
    form = {"kind": "identity", "dated": "2026-03-10", "title": ""}
    assert client.post(page, form).status_code == 422
    upload = SimpleUploadedFile("身份证.jpg", photo(), "image/jpeg")
    assert client.post(page, form | {"upload": upload}).status_code == 302
    row = Paper.objects.get(mediation=mediation)
    assert "身份证明" in text_of(client.get(page))
    answer = client.get(f"{page}session.pdf?about={mediation.sessions.get().id}")
    assert answer.content[:4] == b"%PDF"
    assert client.get(f"{page}whole.pdf").content[:4] == b"%PDF"
    assert client.get(f"{page}notice.docx").headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{page}identity.pdf").status_code == 404
    assert client.get(f"{page}session.pdf?about=x").status_code == 404
    assert client.post(f"{page}{row.id}/remove/").status_code == 302
    # Who sees the case does not see its file.
    clerk = table.client("clerk")
    assert [clerk.get(page + end).status_code for end in ("", "whole.pdf", "notice.pdf")] == [
        404
    ] * 3


def test_archiving_on_the_page(table: Table) -> None:
    mediation = ended(table)
    page, client = f"/mediations/{mediation.id}/", table.client("mediator")
    assert page + "archive/" in text_of(client.get(page))
    step = {"version": mediation.version, "term": "long"}
    assert client.post(page + "archive/", step).status_code == 302
    shown = text_of(client.get(page + "file/"))
    assert Archive.objects.get(mediation=mediation).sha256 in shown
