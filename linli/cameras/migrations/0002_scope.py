"""Row security by the camera, what must not change, and the limits a city begins with."""

from django.db import migrations

from linli.cameras.policy import AGREEMENT_SQL, FUNCTIONS_SQL, VISIBLE_SQL
from linli.kernel.row_security import append_only, secure

BY_CAMERA = "EXISTS (SELECT FROM cameras_camera c WHERE c.id = {table}.camera_id)"
BY_AGREEMENT = "EXISTS (SELECT FROM cameras_agreement a WHERE a.id = {table}.agreement_id)"
DROP = "DROP FUNCTION cameras_kept(), cameras_seen(), cameras_units();"

# Seconds unless said otherwise; levels of grey from 0 to 255.
DEFAULTS = {
    "look_every": 240,
    "picture_every": 240,
    "look_again": 30,
    "connect_within": 5,
    "picture_within": 20,
    "at_once": 2,
    "black_mean": 20,
    "black_spread": 6,
    "frozen_change": 0.15,
    "blurred_below": 12,
    "clock_off": 60,
    "mend_first": 24 * 3600,
    "mend_second": 48 * 3600,
    "mend_third": 72 * 3600,
}
SET = "INSERT INTO cameras_setting (name, value) VALUES " + ", ".join(
    f"('{name}', {value})" for name, value in DEFAULTS.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("cameras", "0001_initial"),
        ("accounts", "0004_remark"),
        ("kernel", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS_SQL, DROP),
        secure("cameras_agreement", AGREEMENT_SQL),
        *[
            secure(f"cameras_{one}", BY_AGREEMENT.format(table=f"cameras_{one}"))
            for one in ("agreementcamera", "agreementpaper")
        ],
        secure("cameras_camera", VISIBLE_SQL),
        *[
            secure(f"cameras_{one}", BY_CAMERA.format(table=f"cameras_{one}"))
            for one in ("source", "filing")
        ],
        append_only("cameras_filing"),
        migrations.RunSQL(SET, "DELETE FROM cameras_setting"),
    ]
