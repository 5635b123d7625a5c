"""Only the unit a tip is meant for reads it; whoever holds the receipt reads the answers."""

from django.db import migrations

from linli.kernel.row_security import UNITS, secure

_OF_UNIT = f"unit_id = ANY ({UNITS})"
_OF_TIP = "EXISTS (SELECT FROM tips_tip t WHERE t.id = {table}.tip_id)"
RULES = {
    "tips_tip": _OF_UNIT,
    "tips_tipmessage": _OF_TIP.format(table="tips_tipmessage"),
    "tips_tipopening": _OF_TIP.format(table="tips_tipopening"),
}

# The giver has no unit. The function runs with the owner's rights and gives only what belongs to
# the hash it is asked for; a hash can't be guessed.
RECEIPT = """
CREATE FUNCTION tips_of_receipt(_receipt bytea)
  RETURNS TABLE (tip uuid, state text, given_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT id, state, given_at FROM tips_tip WHERE receipt = _receipt
$$;
CREATE FUNCTION tips_answers(_receipt bytea)
  RETURNS TABLE (id uuid, kind text, at timestamptz, text bytea)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT m.id, m.kind, m.at, CASE m.kind WHEN 'answer' THEN m.text END
  FROM tips_tipmessage m JOIN tips_tip t ON t.id = m.tip_id
  WHERE t.receipt = _receipt AND m.kind IN ('answer', 'addition') ORDER BY m.id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("tips", "0001_initial"), ("kernel", "0001_initial")]
    operations = [
        *[secure(table, rule) for table, rule in RULES.items()],
        migrations.RunSQL(
            RECEIPT, "DROP FUNCTION tips_of_receipt(bytea); DROP FUNCTION tips_answers(bytea);"
        ),
    ]
