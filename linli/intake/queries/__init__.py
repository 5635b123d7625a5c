"""Reads of imports and mappings; nothing here writes."""
