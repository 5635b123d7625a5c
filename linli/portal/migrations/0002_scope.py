"""Who may read what of the residents' door, decided by the database.

A report is read by whoever may see its case, or holds its receipt. The case itself is never opened
by a receipt: two functions give the few facts a resident is told. What everybody may read is a view
that can't show anything but requests and hazards; of those nobody has reviewed it has the state and
the day, and not a word.
"""

from django.db import migrations

from linli.kernel.row_security import secure

RECEIPT = "decode(nullif(current_setting('linli.receipt', true), ''), 'hex')"
SEES_CASE = "EXISTS (SELECT FROM cases_case c WHERE c.id = {table}.case_id)"
SEES_REPORT = "EXISTS (SELECT FROM portal_report r WHERE r.id = {table}.report_id)"

# Which steps of the case a resident is told. Returns, reminders and supervision are the house's own.
TOLD = (
    "register",
    "assign",
    "designate",
    "accept",
    "escalate",
    "suspend",
    "resume",
    "refer",
    "resolve",
    "reopen",
    "merge",
    "withdraw",
    "decline",
    "close",
)

STANDING = f"""
CREATE FUNCTION portal_standing() RETURNS TABLE (report_id uuid, case_id uuid, number text,
    kind text, state text, area_code text, area text, opened_at timestamptz,
    resolved_at timestamptz, closed_at timestamptz, followed_up_at timestamptz, unit_id uuid,
    unit_area text, unit text, phone text, address text, joined_state text, told text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT r.id, c.id, c.number, c.kind, c.state, c.area_id, concat_ws(' ', p.name, a.name),
    c.opened_at, c.resolved_at, c.closed_at, c.followed_up_at, u.id, u.area_id, u.name, u.phone,
    u.address, m.state,
    CASE WHEN c.state IN ('declined', 'referred') THEN (
      SELECT n.text FROM cases_note n JOIN cases_event e ON e.id = n.event_id
      WHERE e.case_id = c.id AND e.verb IN ('decline', 'refer') ORDER BY e.id DESC LIMIT 1) END
  FROM portal_report r
  JOIN cases_case c ON c.id = r.case_id
  JOIN areas_area a ON a.code = c.area_id
  LEFT JOIN areas_area p ON p.code = a.parent_id
  JOIN areas_unit u ON u.id = c.holder_id
  LEFT JOIN cases_case m ON m.id = c.merged_into_id
  WHERE r.token_hash = {RECEIPT}
$$;
CREATE FUNCTION portal_steps() RETURNS TABLE (verb text, at timestamptz, unit text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT e.verb, e.at, u.name
  FROM portal_report r
  JOIN cases_event e ON e.case_id = r.case_id
  JOIN areas_unit u ON u.id = e.unit_id
  WHERE r.token_hash = {RECEIPT} AND e.verb IN {TOLD}
  ORDER BY e.id
$$;
"""

PUBLIC = """
CREATE VIEW portal_public WITH (security_barrier) AS
SELECT p.id, c.kind, coalesce(k.code, c.kind) AS service_code,
  coalesce(k.name, '') AS service_name,
  coalesce(nullif(k.name_en, ''), k.name, '') AS service_name_en,
  c.state, p.state IN ('published', 'without_photo') AS is_reviewed,
  c.state IN ('registered', 'assigned', 'returned', 'handling', 'suspended') AS is_open,
  CASE WHEN r.seen THEN p.text ELSE '' END AS text,
  CASE WHEN r.seen THEN p.answer ELSE '' END AS answer,
  CASE WHEN r.seen THEN u.name ELSE '' END AS agency,
  CASE WHEN r.seen THEN c.area_id ELSE '' END AS area_code,
  CASE WHEN r.seen THEN concat_ws(' ', above.name, a.name) ELSE '' END AS address,
  CASE WHEN r.seen THEN p.latitude END AS latitude,
  CASE WHEN r.seen THEN p.longitude END AS longitude,
  p.state = 'published' AND p.photo IS NOT NULL AS has_photo,
  c.opened_at AS requested_at,
  greatest(p.decided_at, c.opened_at, c.resolved_at, c.closed_at) AS updated_at
FROM portal_publication p
CROSS JOIN LATERAL (SELECT p.state IN ('published', 'without_photo') AS seen) r
JOIN cases_case c ON c.id = p.case_id
JOIN areas_area a ON a.code = c.area_id
LEFT JOIN areas_area above ON above.code = a.parent_id
JOIN areas_unit u ON u.id = c.holder_id
LEFT JOIN cases_category k ON k.code = c.category_id
WHERE c.kind IN ('request', 'hazard');
REVOKE INSERT, UPDATE, DELETE ON portal_public FROM linli_web;
CREATE FUNCTION portal_photo_of(_publication uuid) RETURNS bytea
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT p.photo FROM portal_publication p JOIN cases_case c ON c.id = p.case_id
  WHERE p.id = _publication AND p.state = 'published' AND c.kind IN ('request', 'hazard')
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("cases", "0002_scope"), ("kernel", "0001_initial")]
    operations = [
        secure(
            "portal_report",
            f"token_hash = {RECEIPT} OR {SEES_CASE.format(table='portal_report')}",
        ),
        *(
            secure(f"portal_{table}", SEES_REPORT.format(table=f"portal_{table}"))
            for table in ("message", "photo", "reopening", "publication")
        ),
        migrations.RunSQL(
            STANDING, "DROP FUNCTION portal_steps(); DROP FUNCTION portal_standing();"
        ),
        migrations.RunSQL(PUBLIC, "DROP FUNCTION portal_photo_of(uuid); DROP VIEW portal_public;"),
    ]
