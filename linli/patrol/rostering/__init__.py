"""Rosters: which team goes out when, by rules nobody may break. Knows no Django and no database."""
