"""What the page of a mediation is made of, from top to bottom: section → ``(request, mediation) → html``.

A section with nothing to show or to do returns an empty string.
"""

SECTIONS: tuple[str, ...] = (
    "linli.mediation.web.path.section",
    "linli.mediation.web.people.section",
    "linli.mediation.web.sessions.section",
    "linli.mediation.web.agreement.section",
    "linli.mediation.web.performance.section",
    "linli.mediation.web.after.confirmation",
    "linli.mediation.web.after.follow_ups",
    "linli.mediation.web.file.section",
    "linli.mediation.web.path.history",
)
