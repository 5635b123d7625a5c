"""Row security: rosters by area and team; tracks for the member and the team's leader alone."""

from django.db import migrations

from linli.accounts.scope import in_areas_sql
from linli.kernel.row_security import UNITS, USER, secure

# A day's room on both sides: the filter of the app knows the city's own date.
HOLDS = "r.starts <= current_date + 1 AND (r.ends IS NULL OR r.ends >= current_date - 1)"
# Teams the person leads: directly, or (wide) as the leader of their patrol area.
LED = f"""SELECT t.id FROM patrol_team t JOIN accounts_role r ON r.unit = t.unit_id
  WHERE r.user_id = {USER} AND r.kind = 'patrol_leader' AND {HOLDS}"""
# Patrol areas the person leads, or directs the centre over.
LED_AREAS = f"""SELECT a.id FROM patrol_patrolarea a JOIN accounts_role r
  ON r.unit = a.unit_id AND r.kind = 'patrol_leader'
    OR r.kind = 'centre_director' AND a.area_id ^@ r.area
  WHERE r.user_id = {USER} AND {HOLDS}"""
LED_WIDE = f"{LED} UNION SELECT t.id FROM patrol_team t WHERE t.patrol_area_id IN ({LED_AREAS})"
# Patrol areas one reaches, leads or walks in: their rosters are common knowledge there.
AREAS = f"""SELECT a.id FROM patrol_patrolarea a
  WHERE {in_areas_sql("a.area_id")} OR a.unit_id = ANY ({UNITS})
    OR a.id IN (SELECT t.patrol_area_id FROM patrol_team t WHERE t.unit_id = ANY ({UNITS}))"""
# Of one's own patrol area, without those who merely reach it.
MATES = f"""SELECT t.id FROM patrol_team t JOIN patrol_patrolarea a ON a.id = t.patrol_area_id
  WHERE t.unit_id = ANY ({UNITS}) OR a.unit_id = ANY ({UNITS})"""

BY_AREA = f"patrol_area_id IN ({AREAS})"
BY_TEAM = f"team_id IN (SELECT t.id FROM patrol_team t WHERE t.patrol_area_id IN ({AREAS}))"

# Thinning is all that may ever be done to a track, and only after its time.
KEPT = """
CREATE FUNCTION patrol_keep_fixes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '30 days' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'tracks of a shift are not changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER patrol_fix_kept BEFORE UPDATE OR DELETE ON patrol_fix
  FOR EACH ROW EXECUTE FUNCTION patrol_keep_fixes();
CREATE TRIGGER patrol_fix_not_emptied BEFORE TRUNCATE ON patrol_fix
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
"""
UNDO = """
DROP TRIGGER patrol_fix_not_emptied ON patrol_fix; DROP TRIGGER patrol_fix_kept ON patrol_fix;
DROP FUNCTION patrol_keep_fixes();
"""


class Migration(migrations.Migration):
    dependencies = [("patrol", "0001_initial"), ("kernel", "0001_initial")]
    operations = [
        secure("patrol_plan", BY_AREA),
        secure("patrol_shift", BY_AREA),
        secure("patrol_seat", BY_TEAM),
        secure("patrol_member", f"user_id = {USER} OR {BY_TEAM}"),
        secure("patrol_route", BY_AREA),
        secure("patrol_seen", BY_AREA),
        secure("patrol_wish", f"user_id = {USER} OR team_id IN ({LED_WIDE})"),
        secure(
            "patrol_swap",
            f"asker_id = {USER} OR other_id = {USER} OR patrol_area_id IN ({LED_AREAS})",
        ),
        secure("patrol_checkin", f"user_id = {USER} OR team_id IN ({MATES})"),
        secure("patrol_finding", f"user_id = {USER} OR team_id IN ({LED_WIDE})"),
        secure("patrol_fix", f"user_id = {USER} OR team_id IN ({LED})"),
        migrations.RunSQL(KEPT, UNDO),
    ]
