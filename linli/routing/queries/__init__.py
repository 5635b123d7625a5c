"""Reads of the routing rules; nothing here writes. ``where_to`` is what ``settings.LINLI_ROUTER`` names."""

from linli.routing.queries.route import where_to, where_to_many

__all__ = ["where_to", "where_to_many"]
