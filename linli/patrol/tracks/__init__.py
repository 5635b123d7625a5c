"""Tracks: which streets a shift's positions went along. Knows no Django and no database."""
