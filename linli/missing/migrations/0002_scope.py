"""Row security: that there is a search, and what is in it."""

from django.db import migrations

from linli.kernel.row_security import secure
from linli.missing.policy import FUNCTIONS_SQL, INSIDE_SQL, MEMBER_SQL, SEARCH_SQL

INSIDE = ("person", "destination", "look", "walk", "belief", "check")


class Migration(migrations.Migration):
    dependencies = [
        ("missing", "0001_initial"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTIONS_SQL,
            "DROP FUNCTION missing_member(uuid); DROP FUNCTION missing_decided();",
        ),
        secure("missing_search", SEARCH_SQL),
        secure("missing_member", MEMBER_SQL),
        *(secure(f"missing_{table}", INSIDE_SQL) for table in INSIDE),
    ]
