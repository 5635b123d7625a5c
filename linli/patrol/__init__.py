"""Patrols: areas, teams, rosters, routes, check-ins, and which streets were seen."""
