"""Entries, chains, and the one function that appends."""

from django.db import migrations, models

from linli.kernel.row_security import append_only

TABLES = """
CREATE TABLE audit_chain (
  chain smallint PRIMARY KEY,
  sequence bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO audit_chain SELECT n, 0, sha256(convert_to('linli audit chain ' || n, 'UTF8'))
  FROM generate_series(0, 63) AS n;
CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  chain smallint NOT NULL,
  sequence bigint NOT NULL,
  at timestamptz NOT NULL,
  actor uuid,
  event varchar(80) NOT NULL,
  object_type varchar(40) NOT NULL,
  object_id varchar(40) NOT NULL,
  facts json NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL,
  CONSTRAINT audit_entry_place UNIQUE (chain, sequence)
);
CREATE INDEX audit_entry_object ON audit_entry (object_id, id);
CREATE INDEX audit_entry_actor ON audit_entry (actor, id);
"""

FUNCTIONS = """
CREATE FUNCTION audit_hash(previous bytea, chain smallint, sequence bigint, at timestamptz,
  actor uuid, event text, object_type text, object_id text, facts text)
  RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(previous || convert_to(concat_ws(chr(31), chain, sequence,
    (extract(epoch FROM at) * 1000000)::bigint, coalesce(actor::text, '-'),
    event, object_type, object_id, facts), 'UTF8'))
$$;
CREATE FUNCTION audit_append(_actor uuid, _event text, _object_type text, _object_id text,
  _facts text, _at timestamptz) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  -- One transaction, one chain: two transactions can't wait for each other's chains in a ring.
  _chain smallint := (pg_current_xact_id()::text::numeric % 64)::smallint;
  _head audit_chain;
  _hash bytea;
  _id bigint;
BEGIN
  SELECT * INTO STRICT _head FROM audit_chain WHERE chain = _chain FOR UPDATE;
  _hash := audit_hash(_head.hash, _chain, _head.sequence + 1, _at, _actor, _event, _object_type,
    _object_id, _facts);
  INSERT INTO audit_entry (chain, sequence, at, actor, event, object_type, object_id, facts,
    previous, hash)
    VALUES (_chain, _head.sequence + 1, _at, _actor, _event, _object_type, _object_id,
      _facts::json, _head.hash, _hash) RETURNING id INTO _id;
  UPDATE audit_chain SET sequence = _head.sequence + 1, hash = _hash WHERE chain = _chain;
  RETURN _id;
END $$;
REVOKE INSERT, UPDATE, DELETE ON audit_entry, audit_chain FROM linli_web;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(TABLES, "DROP TABLE audit_entry; DROP TABLE audit_chain;"),
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION audit_append; DROP FUNCTION audit_hash;"),
        append_only("audit_entry"),
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("chain", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "audit_chain", "managed": False},
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("chain", models.SmallIntegerField()),
                ("sequence", models.BigIntegerField()),
                ("at", models.DateTimeField(verbose_name="time")),
                ("actor", models.UUIDField(null=True, verbose_name="person")),
                ("event", models.CharField(max_length=80, verbose_name="event")),
                ("object_type", models.CharField(max_length=40, verbose_name="object")),
                ("object_id", models.CharField(max_length=40)),
                ("facts", models.TextField()),
                ("previous", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "audit_entry", "managed": False},
        ),
    ]
