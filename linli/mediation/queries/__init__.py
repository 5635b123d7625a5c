"""Reads of mediations, a file a page; nothing here writes."""
