"""Mediation: the path of the law from the first visit to the archived file, on top of the case."""
