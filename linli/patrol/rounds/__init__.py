"""Rounds: which streets and points a shift goes by, in which order. Knows no Django, no database."""
