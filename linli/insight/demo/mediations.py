"""The mediations of the demo's published disputes: one each, made from the case where it stands.

The database makes them from the cases in a few statements. What is not on a case (form, amount,
what was averted) is drawn from the digits of a hash of its key, so that it is the same each time.
Sessions, texts of agreements and entries of the audit log are left out: the form asks for none.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection

from linli.insight.demo import chances
from linli.insight.demo.bulk import bare
from linli.mediation import lifecycle

LOADED = ("mediation_mediation", "mediation_event", "mediation_seat", "mediation_participant")

# Channel → source of the form, and how many of the others' it is instead.
_SOURCES = {
    "window": "application", "phone": "application", "online": "application",
    "grid_worker": "own", "meeting": "own", "court": "court", "police": "police",
    "petitions": "petitions", "procuratorate": "procuratorate", "other": "other",
}  # fmt: skip

# How it went → its verbs, each with the moment of the case it happens at.
_PATHS = {
    "agreed": (
        ("open", "opened_at"), ("accept", "accepted_at"), ("hold", "held_at"),
        ("agree", "agreed_at"), ("take_effect", "over_at"), ("perform", "followed_up_at"),
        ("conclude", "followed_up_at"), ("archive", "closed_at"),
    ),
    "failed": (
        ("open", "opened_at"), ("accept", "accepted_at"), ("hold", "held_at"), ("fail", "over_at"),
        ("archive", "over_at"),
    ),
    "ended": (
        ("open", "opened_at"), ("accept", "accepted_at"), ("end", "over_at"), ("archive", "over_at"),
    ),
    "refused": (("open", "opened_at"), ("refuse", "over_at"), ("archive", "over_at")),
}  # fmt: skip
_OPENINGS = {"application": ("apply", lifecycle.APPLIED), "own": ("offer", lifecycle.OFFERED)}

_PREPARE = """
CREATE FUNCTION pg_temp.demo_key(_at timestamptz, _place int, _seed text) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM _at)::float8 * 1000)::bigint), 12, '0') || '7'
    || lpad(to_hex(_place), 3, '0') || '8' || left(md5(_seed), 15))::uuid
$$;
-- One of eight draws, 0 to 1, from the 32 digits of a hash.
CREATE FUNCTION pg_temp.demo_draw(_hash text, _turn int) RETURNS float8
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ('x' || substr(_hash, _turn * 4 - 3, 4))::bit(16)::int / 65536.0
$$;
CREATE TEMP TABLE demo_past ON COMMIT DROP AS
SELECT c.id, c.area_id, c.category_id, c.channel, c.difficulty, c.state, c.handler_id, c.opened_at,
  c.resolved_at, coalesce(c.followed_up_at, c.closed_at) AS followed_up_at, c.closed_at,
  c.source_number, md5('mediation' || c.id) AS hash
FROM cases_case c
WHERE c.kind = 'dispute' AND c.opened_at >= %(since)s AND c.opened_at < %(until)s;
CREATE TEMP TABLE demo_moment ON COMMIT DROP AS
SELECT e.case_id, max(e.at) FILTER (WHERE e.verb = 'accept') AS accepted_at,
  max(e.at) FILTER (WHERE e.verb IN ('refer', 'withdraw', 'decline')) AS ended_at
FROM cases_event e WHERE e.verb IN ('accept', 'refer', 'withdraw', 'decline') GROUP BY 1;
CREATE TEMP TABLE demo_committee ON COMMIT DROP AS
SELECT DISTINCT ON (p.case_id) p.case_id, k.id
FROM cases_placement p JOIN mediation_committee k ON k.unit_id = p.unit_id
WHERE p.part = 'lead' ORDER BY p.case_id, p.since DESC;
CREATE TEMP TABLE demo_mediator ON COMMIT DROP AS
SELECT k.id AS committee, r.user_id, r.kind = 'mediator' AS first
FROM accounts_role r JOIN mediation_committee k ON k.unit_id = r.unit
WHERE r.kind IN ('mediator', 'centre_director');
CREATE TEMP TABLE demo_chief ON COMMIT DROP AS
SELECT DISTINCT ON (committee) committee, user_id FROM demo_mediator
ORDER BY committee, first DESC, user_id;
CREATE TEMP TABLE demo_special ON COMMIT DROP AS
SELECT u.area_id AS county, s.category, k.id
FROM mediation_committee k JOIN areas_unit u ON u.id = k.unit_id,
  LATERAL unnest(k.specialities) AS s (category)
WHERE k.kind IN ('enterprise', 'social');
ANALYZE demo_past, demo_moment, demo_committee, demo_mediator, demo_chief, demo_special;
"""

# A court, a hospital or a works' own committee takes some of what it was set up for.
_MEDIATIONS = """
CREATE TEMP TABLE demo_mediation ON COMMIT DROP AS
SELECT m.*, greatest(m.accepted_at, m.over_at - interval '40 minutes') AS held_at,
  greatest(m.accepted_at, m.over_at - interval '5 minutes') AS agreed_at,
  pg_temp.demo_key(m.opened_at, 0, 'mediation' || m.case_id) AS id,
  extract(year FROM mediation_day(m.accepted_at))::int AS year,
  coalesce(h.user_id, f.user_id) AS user_id
FROM (
  SELECT p.id AS case_id, p.category_id, p.difficulty, p.handler_id, p.opened_at, p.closed_at,
    p.followed_up_at, p.source_number, p.hash,
    coalesce(own.id, placed.id, village.id) AS committee_id,
    CASE WHEN p.state IN ('resolved', 'closed') THEN 'agreed' WHEN p.state = 'referred' THEN 'failed'
      WHEN p.state = 'declined' THEN 'refused' ELSE 'ended' END AS path,
    CASE WHEN pg_temp.demo_draw(p.hash, 1) < 0.2 AND s.value IN ('own', 'application')
      THEN CASE s.value WHEN 'own' THEN 'application' ELSE 'own' END ELSE s.value END AS source,
    coalesce(p.resolved_at, t.ended_at) AS over_at,
    least(coalesce(t.accepted_at, p.opened_at), p.resolved_at, t.ended_at) AS accepted_at
  FROM demo_past p
  JOIN demo_source s ON s.channel = p.channel
  LEFT JOIN demo_moment t ON t.case_id = p.id
  LEFT JOIN demo_committee placed ON placed.case_id = p.id
  JOIN areas_unit post ON post.area_id = left(p.area_id, 12) AND post.kind = 'centre'
  JOIN mediation_committee village ON village.unit_id = post.id
  LEFT JOIN demo_special own ON own.county = left(p.area_id, 6) AND own.category = p.category_id
    AND pg_temp.demo_draw(p.hash, 2) < 0.4
) AS m
JOIN demo_chief f ON f.committee = m.committee_id
LEFT JOIN demo_mediator h ON h.committee = m.committee_id AND h.user_id = m.handler_id;
ANALYZE demo_mediation;
INSERT INTO mediation_mediation (id, case_id, committee_id, state, source, opened_at, referrer,
  referrer_number, referred_on, brief, request, claimed, applied_orally, hard, averted,
  averted_persons, accepted_on, extended_days, form, agreed_on, effective_on, amount, end_reason,
  routes, ended_at, performed_on, archived_at, number, version)
SELECT d.id, d.case_id, d.committee_id,
  CASE WHEN d.path = 'agreed' AND d.closed_at IS NULL THEN 'performing' ELSE 'archived' END,
  d.source, d.opened_at, '', CASE WHEN d.source IN ('own', 'application') THEN ''
    ELSE d.source_number END,
  CASE WHEN d.source NOT IN ('own', 'application') THEN mediation_day(d.opened_at) END, '', '',
  round(v.amount * 1.25, 2), pg_temp.demo_draw(d.hash, 3) < 0.3,
  d.difficulty = 'complex' OR (d.category_id = ANY (%(hard)s)
    AND pg_temp.demo_draw(d.hash, 4) < 0.12),
  v.averted, CASE WHEN v.averted = '' THEN 0 ELSE 1 + (pg_temp.demo_draw(d.hash, 4) ^ 3 * 24)::int END,
  CASE WHEN d.path <> 'refused' THEN mediation_day(d.accepted_at) END, 0,
  CASE WHEN d.path <> 'agreed' THEN '' WHEN pg_temp.demo_draw(d.hash, 6) <
    CASE d.difficulty WHEN 'simple' THEN 0.6 WHEN 'complex' THEN 0.05 ELSE 0.3 END
    THEN 'oral' ELSE 'written' END,
  CASE WHEN d.path = 'agreed' THEN mediation_day(d.agreed_at) END,
  CASE WHEN d.path = 'agreed' THEN mediation_day(d.over_at) END,
  CASE WHEN d.path = 'agreed' THEN v.amount END,
  CASE WHEN d.path = 'ended' THEN 'withdrawn' ELSE '' END,
  CASE WHEN d.path = 'failed' THEN '{court}'::text[] ELSE '{}' END, d.over_at,
  CASE WHEN d.path = 'agreed' THEN mediation_day(d.followed_up_at) END,
  CASE WHEN d.path = 'agreed' THEN d.closed_at ELSE d.over_at END,
  CASE WHEN d.path = 'refused' THEN '' ELSE format('(%%s)%%s人调字第%%s号', d.year, k.word, row_number()
    OVER (PARTITION BY d.committee_id, d.year, d.path = 'refused' ORDER BY d.id)) END,
  (SELECT count(*) FROM demo_path q WHERE q.path = d.path
    AND (q.place <= 5 OR d.path <> 'agreed' OR d.closed_at IS NOT NULL))
FROM demo_mediation d
JOIN mediation_committee k ON k.id = d.committee_id
LEFT JOIN demo_amount a ON a.category = d.category_id
CROSS JOIN LATERAL (SELECT
  CASE WHEN pg_temp.demo_draw(d.hash, 7) < a.share
    THEN round((a.mean * -ln(1 - pg_temp.demo_draw(d.hash, 8)))::numeric, -1) + 100 END AS amount,
  CASE WHEN d.path <> 'agreed' THEN '' WHEN pg_temp.demo_draw(d.hash, 5) < 0.0006 THEN 'suicide'
    WHEN pg_temp.demo_draw(d.hash, 5) < 0.003 THEN 'crime'
    WHEN pg_temp.demo_draw(d.hash, 5) < 0.006 THEN 'fight'
    WHEN pg_temp.demo_draw(d.hash, 5) < 0.008 THEN 'petition' ELSE '' END AS averted) AS v;
"""

_AROUND = """
INSERT INTO mediation_event (id, mediation_id, verb, at, actor_id, from_state, to_state, facts)
SELECT pg_temp.demo_key(k.at, q.place, q.place || d.hash), d.id,
  CASE WHEN q.place = 1 THEN o.verb ELSE q.verb END, k.at, d.user_id,
  CASE WHEN q.place = 1 THEN '' WHEN q.place = 2 THEN o.state ELSE q.from_state END,
  CASE WHEN q.place = 1 THEN o.state ELSE q.to_state END,
  CASE WHEN q.place = 1 THEN jsonb_build_object('source', d.source, 'committee', d.committee_id)
    ELSE '{}' END
FROM demo_mediation d
JOIN demo_path q ON q.path = d.path
  AND (q.place <= 5 OR d.path <> 'agreed' OR d.closed_at IS NOT NULL)
JOIN demo_opening o ON o.source = d.source
CROSS JOIN LATERAL (SELECT CASE q.moment WHEN 'opened_at' THEN d.opened_at
  WHEN 'accepted_at' THEN d.accepted_at WHEN 'held_at' THEN d.held_at
  WHEN 'agreed_at' THEN d.agreed_at WHEN 'over_at' THEN d.over_at
  WHEN 'followed_up_at' THEN d.followed_up_at ELSE d.closed_at END AS at) AS k;
INSERT INTO mediation_seat (id, mediation_id, user_id, chief, chosen_by, since)
SELECT pg_temp.demo_key(d.accepted_at, 1, 'seat' || d.hash), d.id, d.user_id, true,
  CASE WHEN d.source = 'application' THEN 'parties' ELSE 'committee' END, d.accepted_at
FROM demo_mediation d WHERE d.path <> 'refused';
INSERT INTO mediation_participant (id, mediation_id, party_id, part, side, minor, stands_for,
  consented_on, notified_on)
SELECT pg_temp.demo_key(d.opened_at, 2, p.id::text), d.id, p.id, 'party', p.role, false, 1,
  CASE WHEN d.path <> 'refused' THEN mediation_day(d.opened_at) END,
  CASE WHEN d.path <> 'refused' THEN mediation_day(d.accepted_at) END
FROM demo_mediation d JOIN cases_party p ON p.case_id = d.case_id
WHERE p.role IN ('applicant', 'respondent', 'third');
"""

# Once a month, on a day that is the committee's own.
_PREVENTION = """
INSERT INTO mediation_prevention (id, committee_id, day, inspections, found, prevented, recorded_at,
  recorded_by_id)
SELECT pg_temp.demo_key(v.day + interval '9 hours', 3, v.hash), k.id, v.day,
  2 + (pg_temp.demo_draw(v.hash, 1) * 9)::int, v.found,
  least(v.found, (pg_temp.demo_draw(v.hash, 3) * 4)::int), v.day + interval '9 hours',
  f.user_id
FROM mediation_committee k JOIN demo_chief f ON f.committee = k.id
CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 month') AS m (month)
CROSS JOIN LATERAL (SELECT h.hash,
    (m.month + ((pg_temp.demo_draw(h.hash, 4) * 26)::int || ' days')::interval)::date AS day,
    (pg_temp.demo_draw(h.hash, 2) * 4)::int AS found
  FROM (SELECT md5(k.word || m.month) AS hash) AS h) AS v
WHERE v.day <= %(last)s;
"""

# The rule of the deferred trigger, asked once of all instead of once of each.
_PAIRS = """
SELECT DISTINCT m.state, c.state FROM mediation_mediation m JOIN cases_case c ON c.id = m.case_id
"""


def mediate() -> None:
    """Give every dispute of the published years its mediation; the caller counts them afterwards.

    Runs in the caller's transaction, once the cases and their indexes are there. Raises
    :class:`ValueError` where a case and its mediation would disagree.
    """
    facts: dict[str, Any] = {
        "since": f"{chances.FIRST} 00:00+08",
        "until": f"{chances.LAST + timedelta(days=1)} 00:00+08",
        "first": chances.FIRST,
        "last": chances.LAST,
        "hard": sorted(chances.HARD),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '256MB'")
        _tell("demo_source", ("channel", "value"), _SOURCES.items())
        _tell("demo_amount", ("category", "share", "mean"), _amounts())
        _tell("demo_path", ("path", "place", "verb", "moment", "from_state", "to_state"), _paths())
        openings = [(source, *_OPENINGS.get(source, ("receive", lifecycle.RECEIVED)))
                    for source in {*_SOURCES.values()}]  # fmt: skip
        _tell("demo_opening", ("source", "verb", "state"), openings)
        cursor.execute(_PREPARE, facts)
        cursor.execute("ALTER TABLE mediation_mediation DISABLE TRIGGER mediation_agrees_with_case")
        with bare(LOADED):
            cursor.execute(_MEDIATIONS, facts)
            cursor.execute(_AROUND)
        cursor.execute(_PREVENTION, facts)
        cursor.execute(f"ANALYZE {', '.join(LOADED)}, mediation_prevention")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE mediation_mediation ENABLE TRIGGER mediation_agrees_with_case")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(_PAIRS)
        if not all(lifecycle.agrees(*pair) for pair in cursor.fetchall()):
            raise ValueError("a case and its mediation disagree")


def _amounts() -> list[tuple[str, float, int]]:
    return [(category, share, mean) for category, (share, mean) in chances.AMOUNTS.items()]


def _paths() -> list[tuple[str, int, str, str, str, str]]:
    """Return the paths with the states between their verbs; those of the opening are its own."""
    rows = []
    for path, steps in _PATHS.items():
        state = lifecycle.APPLIED
        for place, (verb, moment) in enumerate(steps, 1):
            before = state
            if place > 1:
                state = lifecycle.after(verb, before)
            rows.append((path, place, verb, moment, before, state))
    return rows


def _tell(table: str, columns: tuple[str, ...], rows: Any) -> None:
    """Make a small temporary table; a column is a number where its first value is one."""
    given = [tuple(row) for row in rows]
    kinds: Mapping[type, str] = {str: "text", int: "int", float: "float8"}
    with connection.cursor() as cursor:
        named = zip(columns, given[0], strict=True)
        typed = ", ".join(f"{name} {kinds[type(value)]}" for name, value in named)
        cursor.execute(f"CREATE TEMP TABLE {table} ({typed}) ON COMMIT DROP")
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} VALUES ({marks})", given)  # noqa: S608
