"""From free text to a proposal: the city's own model where one is on, else the lists of words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from linli.reading.proposal import LEARNED, RULES, Part, Proposal
from linli.reading.queries.tables import Learned, Words, learned, places, words
from linli.reading.rules import Ranked
from linli.reading.urgency import urgency_of
from linli.reading.wording import fold

MOST_CHARACTERS = 8000
_OPTIONS = 3
# What a rival must have to be worth asking about.
_WORTH_ASKING = 0.08


def propose(text: str, *, within: str, title: str = "") -> Proposal:
    """Return what is proposed for a text; ``within`` is the code of the area the asker works in.

    Reads memory only (the lists are read from the database every few seconds): about a millisecond.
    """
    return propose_many([(title, text)], within)[0]


def propose_many(texts: Sequence[str | tuple[str, str]], within: str) -> list[Proposal]:
    """Return a proposal for each text, or pair of title and text."""
    whole = [fold(_joined(one)[:MOST_CHARACTERS]) for one in texts]
    lists, model = words(), learned()
    ranks = _learned_ranks(whole, lists, model) if model else [[]] * len(whole)
    gazetteer = places(within)
    found = []
    for text, ranked in zip(whole, ranks, strict=True):
        category, kind, options = _class_of(text, lists, model, ranked)
        area, rivals = gazetteer.area_of(text, within)
        if area and area.confidence < lists.threshold:
            rivals, area = (area.value,), None
        if rivals:
            options["area"] = rivals
        urgency = urgency_of(text, lists.urgency) if text else None
        number = model.number if model else None
        found.append(Proposal(kind, category, area, urgency, options, number))
    return found


def _joined(one: str | tuple[str, str]) -> str:
    if isinstance(one, str):
        return one
    title, text = one
    return f"{title}\n{text}" if title else text


def _learned_ranks(
    texts: Sequence[str], lists: Words, model: Learned
) -> list[list[tuple[str, float]]]:
    """Return for each text the categories still offered with the model's chances, best first."""
    labels = model.classifier.labels
    found = []
    for row in model.classifier.chances(texts):
        order = sorted(range(len(labels)), key=lambda place: -row[place])[:12]
        ranked = [(labels[place], float(row[place])) for place in order]
        found.append([(label, chance) for label, chance in ranked if label in lists.kinds])
    return found


def _class_of(
    text: str, lists: Words, model: Learned | None, ranked: Sequence[tuple[str, float]]
) -> tuple[Part | None, Part | None, dict[str, tuple[str, ...]]]:
    """Return category, kind, and the options of those that must be asked."""
    by_rules = lists.rules.categories(text)
    options: dict[str, tuple[str, ...]] = {}
    category = _best(text, lists, model, ranked, by_rules)
    if category is not None:
        kind = lists.kinds[category.value]
        chance = max(category.confidence, _sum_of(kind, lists, ranked))
        return category, Part(kind, chance, category.words, category.source), options
    likely = [code for code, chance in ranked if chance > _WORTH_ASKING]
    likely += [one.value for _kind, one in by_rules if one.chance > _WORTH_ASKING]
    if likely:
        options["category"] = tuple(dict.fromkeys(likely))[:_OPTIONS]
    kind_part = _kind_of(text, lists, ranked)
    if kind_part is None and likely:
        options["kind"] = tuple(dict.fromkeys(lists.kinds[code] for code in likely))[:_OPTIONS]
    return None, kind_part, options


def _best(
    text: str,
    lists: Words,
    model: Learned | None,
    ranked: Sequence[tuple[str, float]],
    by_rules: Sequence[tuple[str, Ranked]],
) -> Part | None:
    if model and ranked and ranked[0][1] >= lists.threshold:
        label, chance = ranked[0]
        said = next((one.words for _kind, one in by_rules if one.value == label), ())
        why = said or tuple(model.classifier.reasons(text, label))
        return Part(label, chance, why[:4], LEARNED)
    # Of a category the model has seen it would have been sure; the lists also know newer ones.
    known = set(model.classifier.labels) if model else set()
    for _kind, one in by_rules[:1]:
        if one.chance >= lists.threshold and one.value not in known:
            return Part(one.value, one.chance, one.words[:4], RULES)
    return None


def _sum_of(kind: str, lists: Words, ranked: Iterable[tuple[str, float]]) -> float:
    return min(1.0, sum(chance for code, chance in ranked if lists.kinds[code] == kind))


def _kind_of(text: str, lists: Words, ranked: Sequence[tuple[str, float]]) -> Part | None:
    """Return the kind where it is clear although the category is not."""
    chances: defaultdict[str, float] = defaultdict(float)
    for code, chance in ranked:
        chances[lists.kinds[code]] += chance
    by_words = lists.rules.kinds(text)
    if chances:
        kind = max(chances, key=lambda one: chances[one])
        if chances[kind] >= lists.threshold:
            why = next((one.words for one in by_words if one.value == kind), ())
            return Part(kind, min(1.0, chances[kind]), why[:4], LEARNED)
    elif by_words and by_words[0].chance >= lists.threshold:
        return Part(by_words[0].value, by_words[0].chance, by_words[0].words[:4], RULES)
    return None
