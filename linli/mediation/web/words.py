"""Words of verbs as titles and buttons show them."""

from linli.mediation.choices import Verb


def label_of(verb: str) -> str:
    """Return a verb's word with a capital."""
    label = str(Verb(verb).label)
    return label[:1].upper() + label[1:]
