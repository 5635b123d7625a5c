"""Row security of viewing, footage and devices; refusals and published reports do not change."""

from django.db import migrations

from linli.kernel.row_security import USER, append_only, secure

KEPT, SEEN, UNITS = (
    f"ANY ((SELECT cameras_{name}())::{kind}[])"
    for name, kind in (("kept", "text"), ("seen", "text"), ("units", "uuid"))
)
# A grant is known to its viewer, to the directors and dispatchers of the case's area, and to the
# unit that runs a camera of it: whoever's camera is looked at may know who looks.
GRANT = f"""viewer_id = {USER} OR area ^@ {SEEN}
  OR EXISTS (SELECT FROM cameras_grantcamera g WHERE g.grant_id = cameras_grant.id
    AND cameras_runs(g.camera_id))"""
RUNS = f"""
CREATE FUNCTION cameras_runs(_camera uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM cameras_camera
    WHERE id = _camera AND managing_id = {UNITS})
$$;
CREATE FUNCTION cameras_of_grant(_grant uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM cameras_grant
    WHERE id = _grant AND (viewer_id = {USER} OR area ^@ {SEEN}))
$$;
"""


def of_grant(table):
    return f"EXISTS (SELECT FROM cameras_grant g WHERE g.id = {table}.grant_id)"


def of_camera(table):
    return f"EXISTS (SELECT FROM cameras_camera c WHERE c.id = {table}.camera_id)"


class Migration(migrations.Migration):
    dependencies = [("cameras", "0020_viewing"), ("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(
            RUNS, "DROP FUNCTION cameras_runs(uuid); DROP FUNCTION cameras_of_grant(uuid);"
        ),
        secure("cameras_training", f"user_id = {USER} OR area ^@ {KEPT} OR area ^@ {SEEN}"),
        secure("cameras_grant", GRANT),
        # Asked through functions of the owner: the two tables would ask for each other for ever.
        secure("cameras_grantcamera", "cameras_of_grant(grant_id) OR cameras_runs(camera_id)"),
        secure("cameras_refusal", f"user_id = {USER} OR (area <> '' AND area ^@ {SEEN})"),
        secure("cameras_relativeviewing", of_grant("cameras_relativeviewing")),
        secure("cameras_clip", of_grant("cameras_clip")),
        secure("cameras_feed", of_camera("cameras_feed")),
        secure("cameras_recording", of_camera("cameras_recording")),
        secure("cameras_hold", of_camera("cameras_hold")),
        # A device that only asked belongs to no area yet: every administrator sees it.
        secure(
            "cameras_sipdevice",
            f"area ^@ {KEPT} OR (area = '' AND cardinality((SELECT cameras_kept())) > 0)",
        ),
        secure(
            "cameras_sipchannel",
            "EXISTS (SELECT FROM cameras_sipdevice d WHERE d.id = cameras_sipchannel.device_id)",
        ),
        append_only("cameras_refusal"),
        append_only("cameras_viewingreport"),
        migrations.RunSQL(
            "INSERT INTO cameras_viewingrules (id, metres, case_hours, before_hours, after_hours,"
            " span_minutes, live_minutes, recorded_hours, consent_live, clip_days)"
            " VALUES (1, 500, 72, 6, 24, 240, 60, 8, false, 30)",
            "DELETE FROM cameras_viewingrules",
        ),
    ]
