"""Imported inside an installation: saves the cast and many matters whose clocks ran up long ago."""

from datetime import timedelta

from django.db import transaction

from tests.cast import TUESDAY, make_case, make_cast

CASES = 400

with transaction.atomic():
    cast = make_cast()
    for number in range(CASES):
        make_case(cast, title=f"楼道堆物{number}", at=TUESDAY + timedelta(seconds=number))
