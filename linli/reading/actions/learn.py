"""Learn: a new version of the model from the city's handled cases, measured before anybody uses it."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from linli.accounts.actor import SYSTEM, Actor
from linli.audit.record import record
from linli.reading.classifier import Classifier, train
from linli.reading.models import Version
from linli.reading.policy import permit_keeping
from linli.reading.quality import judge
from linli.reading.queries.handled import Handled, handled_cases
from linli.reading.queries.tables import words
from linli.reading.wording import fold

LEAST_CASES = 200
# Pieces that stand in fewer cases are left out: no person's name is in three of them.
LEAST_SPREAD = 3
MOST_PIECES = 120_000
_APART = 0.2
_KEPT_VERSIONS = 8


def learn(*, actor: Actor = SYSTEM, at: datetime) -> Version | None:
    """Train on the older four fifths of the handled cases and measure on the newest fifth.

    None where there is too little to learn from. The version is not used until an administrator
    switches it on; it is stored as it was measured.
    """
    permit_keeping(actor)
    found = handled_cases()
    cut = int(len(found) * (1 - _APART))
    seen, apart = found[:cut], found[cut:]
    if len(found) < LEAST_CASES or len({one.category for one in seen}) < 2:
        return None
    classifier = train(
        [one.text for one in seen],
        [one.category for one in seen],
        most=MOST_PIECES,
        least=LEAST_SPREAD,
    )
    return _store(classifier, seen, apart, actor, at)


@transaction.atomic
def _store(
    classifier: Classifier, seen: list[Handled], apart: list[Handled], actor: Actor, at: datetime
) -> Version:
    measured = _measured(classifier, apart)
    stored = classifier.to_bytes()
    last = Version.objects.aggregate(last=Max("number"))["last"] or 0
    version = Version(
        number=last + 1, made_at=at, learned_from=len(seen), tested_on=len(apart),
        until=apart[-1].resolved_at, stored=stored, digest=hashlib.sha256(stored).hexdigest(),
        **measured,
    )  # fmt: skip
    version.save(force_insert=True)
    old = Version.objects.filter(number__lte=version.number - _KEPT_VERSIONS)
    old.exclude(switched_on_at__isnull=False, switched_off_at=None).update(stored=b"")
    facts = {"learned_from": len(seen), "tested_on": len(apart), "digest": version.digest}
    record("reading_version", str(version.number), "reading.learn", actor=actor.user_id, at=at,
           facts=facts)  # fmt: skip
    return version


def _measured(classifier: Classifier, apart: list[Handled]) -> dict[str, Any]:
    texts = [one.text for one in apart]
    right = [one.category for one in apart]
    guesses = classifier.predict(texts)
    found = judge(right, [guess.label for guess in guesses])
    lists = words()
    ranked = [lists.rules.categories(fold(text)) for text in texts]
    by_rules = [one[0][1].value if one else "" for one in ranked]
    sure = [
        guess.label == category
        for guess, category in zip(guesses, right, strict=True)
        if guess.confidence >= lists.threshold
    ]
    return {
        "accuracy": found.accuracy,
        "macro_f1": found.macro_f1,
        "rules_accuracy": judge(right, by_rules).accuracy,
        "quality": {
            "categories": found.labels,
            "sure": len(sure),
            "sure_right": sum(sure),
            "threshold": lists.threshold,
        },
    }
