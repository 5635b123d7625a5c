"""Imported inside an installation: saves the cast and one-key alarms, as many as the test asks for."""

import os

from django.utils import timezone

from linli.kernel.crypto import seal
from linli.premises.models import Device
from tests.cast import LONGMENLI, make_cast

# Only of a test's own installation.
SECRET = "a-secret-of-the-test-in-32-chars"

make_cast()
now = timezone.now()
devices = [
    Device(area_id=LONGMENLI, kind="one_key_alarm", name=f"按钮 {number}", serial=f"T-{number:05d}")
    for number in range(int(os.environ["DEVICES"]))
]
for device in devices:
    device.secret = seal(SECRET, device.id.bytes)
Device.objects.bulk_create(devices, batch_size=1000)
