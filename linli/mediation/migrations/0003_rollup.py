"""What the official form counts: a fact for each mediation, changes, and what was put away.

A fact is computed by one view, kept current by triggers in the transaction that changes something,
and every change of a fact is appended to the deltas. The web role reads the tables where a role of
its person reaches and writes none of them: triggers and functions run with the owner's rights and
apply that scope themselves, so that an auditor, who may open no case, still gets the numbers.
"""

import django.db.models.deletion
import linli.kernel.ids
from django.conf import settings
from django.db import migrations, models

from linli.accounts.scope import in_areas_sql
from linli.kernel.row_security import UNITS, USER, WEB_ROLE, secure
from linli.mediation.lifecycle import FOLLOWED_UP, SUCCEEDED, WITHOUT_AGREEMENT

COLUMNS = (
    "area", "committee_kind", "source", "type", "resolved", "form", "hard", "averted", "amount",
    "parties", "averted_persons",
)  # fmt: skip
COUNTED = "current_setting('linli.uncounted', true) IS DISTINCT FROM 'on'"


def listed(states: frozenset[str]) -> str:
    """Write states as a list of SQL."""
    return ", ".join(f"'{state}'" for state in sorted(states))


def columns(row: str = "", *more: str) -> str:
    """Write the counted columns, and some more, of a row."""
    return ", ".join(f"{row}.{one}" if row else one for one in (*more, *COLUMNS))


# The city's calendar; made anew by a rebuild after a change of zone.
CALENDAR = f"""
CREATE FUNCTION mediation_day(_at timestamptz) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (_at AT TIME ZONE '{settings.TIME_ZONE}')::date
$$;
"""

# The one definition of what is counted. What an archived file came from is told by its timeline: a
# day of effect stays written even where the parties went back to the table and failed.
VIEW = f"""
CREATE VIEW mediation_counted AS
SELECT m.id AS mediation_id, m.committee_id, mediation_day(m.opened_at) AS day, s.ended,
  c.area_id AS area, k.kind AS committee_kind, m.source,
  coalesce(g.parent_id, c.category_id, '') AS type, s.resolved,
  CASE WHEN s.resolved THEN m.form ELSE '' END AS form, m.hard, m.averted,
  CASE WHEN s.resolved THEN coalesce(m.amount, 0) ELSE 0 END AS amount, p.parties,
  m.averted_persons
FROM mediation_mediation m
JOIN cases_case c ON c.id = m.case_id
JOIN mediation_committee k ON k.id = m.committee_id
LEFT JOIN cases_category g ON g.code = c.category_id
CROSS JOIN LATERAL (SELECT m.state IN ({listed(SUCCEEDED)}) OR (m.state = 'archived' AND EXISTS (
  SELECT FROM mediation_event e WHERE e.mediation_id = m.id AND e.verb = 'archive'
    AND e.from_state = '{FOLLOWED_UP}')) AS resolved,
  m.state IN ({listed(SUCCEEDED | WITHOUT_AGREEMENT | {"archived"})}) AS ended) AS s
-- Whoever has two parts counts once; a representative counts for those they speak for.
CROSS JOIN LATERAL (SELECT coalesce(sum(persons), 0)::int AS parties FROM (
  SELECT max(q.stands_for) AS persons FROM mediation_participant q
  WHERE q.mediation_id = m.id AND q.part IN ('party', 'representative') AND q.left_on IS NULL
  GROUP BY q.party_id) AS each) AS p;
-- A view is read with its owner's rights.
REVOKE ALL ON mediation_counted FROM {WEB_ROLE};
"""

# The rows are locked before they are computed, so that whoever comes second sees what the first did.
_PLACE = ("committee_id", "day", "ended")
RECOUNT = f"""
CREATE FUNCTION mediation_recount(_ids uuid[]) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  _changed bigint;
BEGIN
  PERFORM FROM mediation_fact WHERE mediation_id = ANY (_ids) ORDER BY mediation_id FOR UPDATE;
  INSERT INTO mediation_fact AS f (mediation_id, {columns("", *_PLACE)})
  SELECT mediation_id, {columns("", *_PLACE)} FROM mediation_counted
  WHERE mediation_id = ANY (_ids)
  ON CONFLICT (mediation_id) DO UPDATE
    SET ({columns("", *_PLACE)}) = ROW ({columns("excluded", *_PLACE)})
    WHERE ({columns("f", *_PLACE)}) IS DISTINCT FROM ({columns("excluded", *_PLACE)});
  GET DIAGNOSTICS _changed = ROW_COUNT;
  RETURN _changed;
END $$;
REVOKE EXECUTE ON FUNCTION mediation_recount(uuid[]) FROM PUBLIC;
CREATE FUNCTION mediation_count() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  _ids uuid[];
BEGIN
  CASE TG_TABLE_NAME
    WHEN 'mediation_mediation' THEN
      IF TG_OP = 'DELETE' THEN
        DELETE FROM mediation_fact WHERE mediation_id = OLD.id;
        RETURN NULL;
      END IF;
      _ids := ARRAY[NEW.id];
    WHEN 'mediation_event' THEN _ids := ARRAY[NEW.mediation_id];
    WHEN 'cases_case' THEN
      SELECT array_agg(id) INTO _ids FROM mediation_mediation WHERE case_id = NEW.id;
    WHEN 'mediation_committee' THEN
      SELECT array_agg(id) INTO _ids FROM mediation_mediation WHERE committee_id = NEW.id;
    WHEN 'cases_category' THEN
      SELECT array_agg(m.id) INTO _ids
      FROM mediation_mediation m JOIN cases_case c ON c.id = m.case_id
      WHERE c.category_id = NEW.code;
  END CASE;
  IF _ids IS NOT NULL THEN PERFORM mediation_recount(_ids); END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION mediation_count_parties() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  PERFORM mediation_recount(array_agg(DISTINCT mediation_id)) FROM touched HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE TRIGGER mediation_count_new AFTER INSERT OR DELETE ON mediation_mediation
  FOR EACH ROW WHEN ({COUNTED}) EXECUTE FUNCTION mediation_count();
CREATE TRIGGER mediation_count_changed AFTER UPDATE ON mediation_mediation
  FOR EACH ROW WHEN (
    (OLD.case_id, OLD.committee_id, OLD.opened_at, OLD.state, OLD.source, OLD.form, OLD.hard,
      OLD.averted, OLD.amount, OLD.averted_persons)
    IS DISTINCT FROM
    (NEW.case_id, NEW.committee_id, NEW.opened_at, NEW.state, NEW.source, NEW.form, NEW.hard,
      NEW.averted, NEW.amount, NEW.averted_persons) AND {COUNTED})
  EXECUTE FUNCTION mediation_count();
CREATE TRIGGER mediation_count_archived AFTER INSERT ON mediation_event
  FOR EACH ROW WHEN (NEW.verb = 'archive' AND {COUNTED}) EXECUTE FUNCTION mediation_count();
CREATE TRIGGER mediation_count_moved AFTER UPDATE ON cases_case
  FOR EACH ROW WHEN ((OLD.area_id, OLD.category_id) IS DISTINCT FROM (NEW.area_id, NEW.category_id)
    AND {COUNTED}) EXECUTE FUNCTION mediation_count();
CREATE TRIGGER mediation_count_kind AFTER UPDATE ON mediation_committee
  FOR EACH ROW WHEN (OLD.kind <> NEW.kind AND {COUNTED}) EXECUTE FUNCTION mediation_count();
CREATE TRIGGER mediation_count_parent AFTER UPDATE ON cases_category
  FOR EACH ROW WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id AND {COUNTED})
  EXECUTE FUNCTION mediation_count();
CREATE TRIGGER mediation_count_joined AFTER INSERT ON mediation_participant
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT WHEN ({COUNTED})
  EXECUTE FUNCTION mediation_count_parties();
CREATE TRIGGER mediation_count_altered AFTER UPDATE ON mediation_participant
  REFERENCING NEW TABLE AS touched FOR EACH STATEMENT WHEN ({COUNTED})
  EXECUTE FUNCTION mediation_count_parties();
CREATE TRIGGER mediation_count_removed AFTER DELETE ON mediation_participant
  REFERENCING OLD TABLE AS touched FOR EACH STATEMENT WHEN ({COUNTED})
  EXECUTE FUNCTION mediation_count_parties();
"""
DROP_RECOUNT = """
DROP TRIGGER mediation_count_new ON mediation_mediation;
DROP TRIGGER mediation_count_changed ON mediation_mediation;
DROP TRIGGER mediation_count_archived ON mediation_event;
DROP TRIGGER mediation_count_moved ON cases_case;
DROP TRIGGER mediation_count_kind ON mediation_committee;
DROP TRIGGER mediation_count_parent ON cases_category;
DROP TRIGGER mediation_count_joined ON mediation_participant;
DROP TRIGGER mediation_count_altered ON mediation_participant;
DROP TRIGGER mediation_count_removed ON mediation_participant;
DROP FUNCTION mediation_count_parties(); DROP FUNCTION mediation_count();
DROP FUNCTION mediation_recount(uuid[]);
"""


def told(sign: int, row: str) -> str:
    """Append a delta for the fact ``row`` (OLD or NEW)."""
    return f"""
    INSERT INTO mediation_delta (sign, month, {columns()})
    VALUES ({sign}, date_trunc('month', {row}.day)::date, {columns(row)});"""


TELL = f"""
CREATE FUNCTION mediation_tell() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN{told(-1, "OLD")}
  END IF;
  IF TG_OP <> 'DELETE' THEN{told(1, "NEW")}
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER mediation_fact_told AFTER INSERT OR UPDATE OR DELETE ON mediation_fact
  FOR EACH ROW WHEN ({COUNTED}) EXECUTE FUNCTION mediation_tell();
-- Rows live here for a minute: what they leave behind is cleared by number, not by share.
ALTER TABLE mediation_delta
  SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
"""
DROP_TELL = "DROP TRIGGER mediation_fact_told ON mediation_fact; DROP FUNCTION mediation_tell();"

# Inside a function of the owner ``current_user`` is the owner, but ``role`` stays what was set.
SCOPE = f"""
CREATE FUNCTION mediation_areas() RETURNS text[]
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT CASE WHEN current_setting('role') = 'none' THEN ARRAY[''] ELSE coalesce(
    (SELECT array_agg(DISTINCT r.area) FROM accounts_role r
      WHERE r.user_id = {USER} AND r.starts <= mediation_day(now())
        AND (r.ends IS NULL OR r.ends >= mediation_day(now()))), '{{}}') END
$$;
ALTER TABLE mediation_rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY mediation_rollup_read ON mediation_rollup FOR SELECT TO {WEB_ROLE}
  USING (area ^@ ANY ((SELECT mediation_areas())::text[]));
ALTER TABLE mediation_delta ENABLE ROW LEVEL SECURITY;
CREATE POLICY mediation_delta_read ON mediation_delta FOR SELECT TO {WEB_ROLE}
  USING (area ^@ ANY ((SELECT mediation_areas())::text[]));
-- A fact is one mediation: it is read by whoever sees that.
ALTER TABLE mediation_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY mediation_fact_read ON mediation_fact FOR SELECT TO {WEB_ROLE}
  USING ({in_areas_sql("area")}
    OR EXISTS (SELECT FROM mediation_mediation m WHERE m.id = mediation_fact.mediation_id));
"""
DROP_SCOPE = """
DROP POLICY mediation_rollup_read ON mediation_rollup;
ALTER TABLE mediation_rollup DISABLE ROW LEVEL SECURITY;
DROP POLICY mediation_delta_read ON mediation_delta;
ALTER TABLE mediation_delta DISABLE ROW LEVEL SECURITY;
DROP POLICY mediation_fact_read ON mediation_fact;
ALTER TABLE mediation_fact DISABLE ROW LEVEL SECURITY;
DROP FUNCTION mediation_areas();
"""
# Prevention work is read by the committee and by whoever reaches its area; the form's sums come
# from a function of their own.
OF_COMMITTEE = f"""EXISTS (SELECT FROM mediation_committee k JOIN areas_unit u ON u.id = k.unit_id
  WHERE k.id = mediation_prevention.committee_id
    AND ({in_areas_sql("u.area_id")} OR u.id = ANY ((SELECT {UNITS})::uuid[])))"""

FACETS = """
CREATE FUNCTION mediation_facets(_committee text, _source text, _type text, _resolved boolean,
    _form text, _averted text)
  RETURNS TABLE (facet text, value text) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT f.facet, f.value
  FROM (VALUES ('committee', _committee, true), ('source', _source, true), ('type', _type, true),
    ('form', _form, _resolved), ('averted', _averted, _averted <> '')) AS f (facet, value, applies)
  WHERE f.applies
$$;
"""

# One statement, so one snapshot: a fold that ends meanwhile moves counts from one table to the
# other, and is seen in both or in neither. Days that are no whole month come from the facts, added
# or taken away. Dynamic, so that each question is planned for its own range.
CELLS = """
CREATE FUNCTION mediation_cells(_area text, _since date, _until date, _starts date[],
    _ends date[], _signs int[])
  RETURNS TABLE (facet text, value text, mediations bigint, resolved bigint, hard bigint,
    amount numeric, parties bigint, averted_persons bigint)
  LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $fn$
DECLARE
  _pieces text := '';
BEGIN
  IF NOT _area ^@ ANY (mediation_areas()) THEN
    RETURN;
  END IF;
  FOR i IN 1 .. coalesce(array_length(_signs, 1), 0) LOOP
    _pieces := _pieces || format($q$
      UNION ALL SELECT f.committee_kind, f.source, f.type, f.resolved, f.form, f.averted,
        %1$s * count(*), %1$s * count(*) FILTER (WHERE f.hard), %1$s * sum(f.amount),
        %1$s * sum(f.parties), %1$s * sum(f.averted_persons)
      FROM mediation_fact f
      WHERE f.area >= $1 AND f.area < $1 || ':' AND f.day >= %2$L AND f.day < %3$L
      GROUP BY 1, 2, 3, 4, 5, 6
    $q$, _signs[i], _starts[i], _ends[i]);
  END LOOP;
  RETURN QUERY EXECUTE format($q$
    WITH loose (committee, source, type, resolved, form, averted, n, hard, amount, parties,
        persons) AS (
      SELECT d.committee_kind, d.source, d.type, d.resolved, d.form, d.averted, sum(d.sign),
        sum(d.sign) FILTER (WHERE d.hard), sum(d.sign * d.amount), sum(d.sign * d.parties),
        sum(d.sign * d.averted_persons)
      FROM mediation_delta d WHERE d.area ^@ $1 AND d.month >= $2 AND d.month < $3
      GROUP BY 1, 2, 3, 4, 5, 6 %1$s)
    SELECT u.facet::text, u.value::text, sum(u.n)::bigint, sum(u.resolved)::bigint,
      sum(u.hard)::bigint, sum(u.amount), sum(u.parties)::bigint, sum(u.persons)::bigint
    FROM (
      SELECT r.facet, r.value, r.mediations AS n, r.resolved, r.hard, r.amount, r.parties,
        r.averted_persons AS persons
      FROM mediation_rollup r WHERE r.area = $1 AND %2$s
      UNION ALL
      SELECT f.facet, f.value, l.n, CASE WHEN l.resolved THEN l.n ELSE 0 END,
        coalesce(l.hard, 0), l.amount, l.parties, l.persons
      FROM loose l,
        mediation_facets(l.committee, l.source, l.type, l.resolved, l.form, l.averted) AS f
    ) AS u
    GROUP BY 1, 2 HAVING sum(u.n) <> 0
  $q$, _pieces, CASE WHEN _since = '1900-01-01' AND _until = '2200-01-01'
    THEN 'r.month = ''0001-01-01''' ELSE 'r.month >= $2 AND r.month < $3' END)
  USING _area, _since, _until;
END $fn$;
CREATE FUNCTION mediation_prevented(_area text, _since date, _until date)
  RETURNS TABLE (inspections bigint, found bigint, prevented bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT coalesce(sum(p.inspections), 0), coalesce(sum(p.found), 0), coalesce(sum(p.prevented), 0)
  FROM mediation_prevention p JOIN mediation_committee k ON k.id = p.committee_id
    JOIN areas_unit u ON u.id = k.unit_id
  WHERE u.area_id ^@ _area AND _area ^@ ANY ((SELECT mediation_areas())::text[])
    AND p.day >= _since AND p.day < _until
$$;
"""
DROP_CELLS = """
DROP FUNCTION mediation_cells(text, date, date, date[], date[], int[]);
DROP FUNCTION mediation_prevented(text, date, date);
"""
# Counts what is there already, and tells the deltas.
COUNT_ALL = "SELECT mediation_recount(array_agg(id)) FROM mediation_mediation HAVING count(*) > 0"


class Migration(migrations.Migration):
    dependencies = [
        ("mediation", "0002_scope"),
        ("cases", "0013_mediation_clocks"),
        ("kernel", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Delta",
            fields=[
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("committee_kind", models.CharField(max_length=13)),
                ("source", models.CharField(max_length=13)),
                ("type", models.CharField(blank=True, max_length=30)),
                ("resolved", models.BooleanField()),
                ("form", models.CharField(blank=True, max_length=7)),
                ("hard", models.BooleanField()),
                ("averted", models.CharField(blank=True, max_length=8)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("parties", models.IntegerField()),
                ("averted_persons", models.IntegerField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sign", models.SmallIntegerField()),
                ("month", models.DateField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Rollup",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "area",
                        "facet",
                        "month",
                        "value",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("area", models.CharField(db_collation="C", max_length=12)),
                (
                    "facet",
                    models.CharField(
                        choices=[
                            ("type", "type"),
                            ("source", "source"),
                            ("committee", "kind of committee"),
                            ("form", "form of the agreement"),
                            ("averted", "averted"),
                        ],
                        max_length=9,
                    ),
                ),
                ("month", models.DateField()),
                ("value", models.CharField(blank=True, max_length=30)),
                ("mediations", models.IntegerField()),
                ("resolved", models.IntegerField()),
                ("hard", models.IntegerField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("parties", models.IntegerField()),
                ("averted_persons", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("area", models.CharField(db_collation="C", max_length=15)),
                ("committee_kind", models.CharField(max_length=13)),
                ("source", models.CharField(max_length=13)),
                ("type", models.CharField(blank=True, max_length=30)),
                ("resolved", models.BooleanField()),
                ("form", models.CharField(blank=True, max_length=7)),
                ("hard", models.BooleanField()),
                ("averted", models.CharField(blank=True, max_length=8)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("parties", models.IntegerField()),
                ("averted_persons", models.IntegerField()),
                (
                    "mediation",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="fact",
                        serialize=False,
                        to="mediation.mediation",
                    ),
                ),
                ("day", models.DateField()),
                ("ended", models.BooleanField()),
                (
                    "committee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="mediation.committee",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("day"), descending=True),
                        models.OrderBy(models.F("mediation"), descending=True),
                        name="mediation_fact_day",
                    ),
                    models.Index(fields=["area", "day"], name="mediation_fact_area"),
                    models.Index(fields=["committee", "day"], name="mediation_fact_com"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prevention",
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
                ("day", models.DateField(verbose_name="day of the work")),
                (
                    "inspections",
                    models.PositiveIntegerField(default=0, verbose_name="inspections made"),
                ),
                ("found", models.PositiveIntegerField(default=0, verbose_name="disputes found")),
                (
                    "prevented",
                    models.PositiveIntegerField(default=0, verbose_name="disputes prevented"),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preventions",
                        to="mediation.committee",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "prevention work",
                "indexes": [models.Index(fields=["day"], name="prevention_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("committee", "day"), name="prevention_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("found", 0), ("inspections", 0), ("prevented", 0), _negated=True
                        ),
                        name="prevention_is_something",
                    ),
                ],
            },
        ),
        migrations.RunSQL(CALENDAR, "DROP FUNCTION mediation_day(timestamptz);"),
        migrations.RunSQL(VIEW, "DROP VIEW mediation_counted;"),
        migrations.RunSQL(RECOUNT, DROP_RECOUNT),
        migrations.RunSQL(TELL, DROP_TELL),
        migrations.RunSQL(SCOPE, DROP_SCOPE),
        secure("mediation_prevention", OF_COMMITTEE),
        migrations.RunSQL(
            FACETS, "DROP FUNCTION mediation_facets(text, text, text, boolean, text, text);"
        ),
        migrations.RunSQL(CELLS, DROP_CELLS),
        migrations.RunSQL(COUNT_ALL, migrations.RunSQL.noop),
    ]
