"""The ground every app stands on. No domain word belongs here."""
