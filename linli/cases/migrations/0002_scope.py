"""Row security over the case and everything that hangs on it; the timeline refuses changes."""

from django.db import migrations

from linli.kernel.row_security import UNITS, append_only, secure

# Owned by the owner and run with its rights: placements are themselves secured by their case.
PLACED = f"""
CREATE FUNCTION cases_placed(_case uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM cases_placement
    WHERE case_id = _case AND unit_id = ANY ({UNITS}) AND until IS NULL)
$$;
"""
VISIBLE = (
    "(area_id ^@ ANY (string_to_array(current_setting('linli.areas', true), ',')))"
    " OR cases_placed(id)"
)


def of_case(table: str, column: str = "case_id") -> str:
    """The rows of a visible case: the rule of the case is asked, not repeated."""
    return f"EXISTS (SELECT FROM cases_case c WHERE c.id = {table}.{column})"


CHILDREN = (
    "cases_event",
    "cases_note",
    "cases_party",
    "cases_attachment",
    "cases_clock",
    "cases_extension",
    "cases_followup",
    "cases_link",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(PLACED, "DROP FUNCTION cases_placed(uuid);"),
        secure("cases_case", VISIBLE),
        # A unit keeps the rows that say what passed through it.
        secure("cases_placement", f"unit_id = ANY ({UNITS}) OR {of_case('cases_placement')}"),
        *[secure(table, of_case(table)) for table in CHILDREN],
        append_only("cases_event"),
    ]
