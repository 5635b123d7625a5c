"""Who brought cameras in, or looked for them, sees that; nobody else does."""

from django.db import migrations

from linli.kernel.row_security import USER, secure


class Migration(migrations.Migration):
    dependencies = [("cameras", "0005_bringing_in")]
    operations = [
        secure("cameras_cameraimport", f"by_id = {USER}"),
        secure("cameras_discovery", f"by_id = {USER}"),
        secure(
            "cameras_importfault",
            "EXISTS (SELECT FROM cameras_cameraimport i WHERE i.id = cameras_importfault.of_id)",
        ),
    ]
