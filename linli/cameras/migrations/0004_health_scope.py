"""Row security of what looks found, and of the figures; a change of health is never rewritten."""

from django.db import migrations

from linli.cameras.policy import FIGURES_FUNCTION_SQL, FIGURES_SQL
from linli.kernel.row_security import append_only, secure

BY_CAMERA = "EXISTS (SELECT FROM cameras_camera c WHERE c.id = {table}.camera_id)"


class Migration(migrations.Migration):
    dependencies = [("cameras", "0003_health")]
    operations = [
        migrations.RunSQL(FIGURES_FUNCTION_SQL, "DROP FUNCTION cameras_figures()"),
        *[
            secure(f"cameras_{one}", BY_CAMERA.format(table=f"cameras_{one}"))
            for one in ("health", "healthchange", "workorder")
        ],
        append_only("cameras_healthchange"),
        secure("cameras_availability", FIGURES_SQL),
    ]
