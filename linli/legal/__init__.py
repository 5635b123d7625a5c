"""The library of statutes: articles, their status on a day, and whether a citation holds."""
