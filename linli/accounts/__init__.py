"""People who work here, the roles they hold in areas, and how they sign in."""
