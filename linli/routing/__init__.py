"""Routing rules: where a matter goes, by place, category, kind, urgency and time of day."""
