"""Imported inside the served instance: saves the cast, with a password each."""

from tests.cast import PASSWORD, make_cast

for user in make_cast().users.values():
    user.set_password(PASSWORD)
    user.save()
