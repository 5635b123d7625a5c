"""What the workbench counts by, reasons given for opening data, and the summary of a past case."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

import linli.kernel.ids
from linli.kernel.row_security import UNITS, secure

OPEN = ["assigned", "handling", "registered", "returned", "suspended"]

# A unit that had a case keeps its summary: these columns and no others, with the owner's rights,
# for the units of the session alone.
SUMMARY = f"""
CREATE FUNCTION cases_summary(_case uuid)
  RETURNS TABLE (number varchar, kind varchar, state varchar, outcome text,
    opened_at timestamptz, resolved_at timestamptz, closed_at timestamptz,
    unit_name varchar, unit_phone varchar, unit_address varchar,
    since timestamptz, until timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT c.number, c.kind, c.state, c.outcome, c.opened_at, c.resolved_at, c.closed_at,
    u.name, u.phone, u.address, p.since, p.until
  FROM cases_placement p
  JOIN cases_case c ON c.id = p.case_id
  JOIN areas_unit u ON u.id = p.unit_id
  WHERE p.case_id = _case AND p.unit_id = ANY ({UNITS})
  ORDER BY p.since DESC
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("areas", "0002_role_places"), ("cases", "0004_defaults")]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=linli.kernel.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="reason")),
            ],
            options={"verbose_name": "reason"},
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("holder"),
                F("due_at"),
                condition=Q(("followed_up_at", None), ("state", "resolved")),
                name="case_follow_up_due",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("told"),
                F("due_at"),
                condition=Q(("state__in", OPEN), ("told__isnull", False)),
                name="case_told",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                F("area"),
                F("due_at"),
                condition=Q(("state__in", OPEN), ("supervised", True)),
                name="case_supervised",
            ),
        ),
        secure(
            "cases_reason", "EXISTS (SELECT FROM cases_case c WHERE c.id = cases_reason.case_id)"
        ),
        migrations.RunSQL(SUMMARY, "DROP FUNCTION cases_summary(uuid);"),
    ]
