"""Number: a mediation gets its file number once, the next one of its committee and year."""

from datetime import date

from linli.mediation.models import Committee, Mediation


def give_number(mediation: Mediation, day: date) -> str:
    """Return the number, given now unless there is one: ``(2026)北人调字第7号``.

    The committee is locked until the transaction ends, so that two never get the same; numbers are
    never given again, so their count is the last one. The caller saves ``number``.
    """
    if mediation.number:
        return mediation.number
    committee = Committee.objects.select_for_update().get(pk=mediation.committee_id)
    begins = f"({day.year}){committee.word}人调字第"
    given = Mediation.objects.filter(committee=committee, number__startswith=begins).count()
    mediation.number = f"{begins}{given + 1}号"
    return mediation.number
