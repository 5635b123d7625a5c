"""Patrols: for now only the routes by which every street is walked once."""
