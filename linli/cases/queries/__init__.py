"""Reads of cases, a file a page; nothing here writes."""
