"""Reads of reading: what is proposed for a text, the lists, versions and lessons; nothing here writes."""

from linli.reading.queries.propose import propose, propose_many

__all__ = ["propose", "propose_many"]
