"""Teach the library how people speak in this city, and take it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.accounts.actor import Actor
from linli.audit.record import record
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.working_days import local_date
from linli.legal.models import Saying
from linli.legal.policy import permit_edit
from linli.legal.queries import article, forget
from linli.legal.speech import PhraseError, read_phrase


@transaction.atomic
def add_saying(say: str, *, legal: str, articles: str, actor: Actor, at: datetime) -> Saying:
    """Save a line of the vocabulary; every article it names must be in the library."""
    permit_edit(actor)
    say, legal = say.strip(), " ".join(legal.split())
    articles = articles.strip().replace("；", ";")
    try:
        phrase = read_phrase(say, legal, articles)
    except PhraseError as wrong:
        reason = _("“%(text)s” cannot be read.") % {"text": wrong}
        raise Invalid(reason, {"say" if str(wrong) in say else "articles": reason}) from wrong
    if not phrase.terms and not phrase.articles:
        raise Invalid(_("Give words of the law, or articles, or both."))
    for name, key in phrase.articles:
        if article(name, key, local_date(at)) is None:
            reason = _("The library holds no %(law)s, article %(key)s.") % {"law": name, "key": key}
            raise Invalid(reason, {"articles": reason})
    saying = Saying.objects.create(say=say, legal=legal, articles=articles, changed_at=at)
    record("saying", saying.id, "statute.add_saying", actor=actor.user_id, at=at)
    transaction.on_commit(forget)
    return saying


@transaction.atomic
def remove_saying(saying_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Delete a line of the city's own."""
    permit_edit(actor)
    deleted, _rows = Saying.objects.filter(pk=saying_id).delete()
    if not deleted:
        raise NotFound(_("There is no such saying."))
    record("saying", saying_id, "statute.remove_saying", actor=actor.user_id, at=at)
    transaction.on_commit(forget)
