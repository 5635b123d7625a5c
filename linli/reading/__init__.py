"""Reads what was written: proposes kind, category, area and urgency, and learns from corrections."""
