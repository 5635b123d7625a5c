"""Where a missing person may be, and where to look first: a planner without Django.

``plan`` draws what may have happened, ``observe`` takes in what was seen; both return a new
:class:`~linli.missing.planning.search.Plan`, which ranks footage and streets. Outsiders can drive
it with a truth of their own: it knows nothing of cases, and nobody's face.
"""
