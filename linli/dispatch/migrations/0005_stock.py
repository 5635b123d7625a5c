"""Row security of stores and experts; the ledger keeps the stock and refuses to fall below nothing.

A lot's sums are written by the movements alone. Two that want the same stock meet at the lot's row:
the second finds it taken, and the constraint says so whatever the application believed.
"""

from django.db import migrations

from linli.accounts.scope import in_areas_sql
from linli.kernel.row_security import UNITS, USER, append_only, secure

# Administrators reach no cases, but they keep stores and experts.
KEPT = f"""(area_id ^@ ANY ((SELECT coalesce(array_agg(r.area), '{{}}') FROM accounts_role r
  WHERE r.user_id = {USER} AND r.kind = 'administrator'
    AND r.starts <= current_date + 1 AND (r.ends IS NULL OR r.ends >= current_date - 1))::text[]))"""
BY_AREA = f"{in_areas_sql('area_id')} OR {KEPT}"
OF_STORE = "EXISTS (SELECT FROM dispatch_store s WHERE s.id = {table}.store_id)"
OF_EXPERT = "EXISTS (SELECT FROM dispatch_expert e WHERE e.id = {table}.expert_id)"
RULES = {
    # Whoever asked a store knows where to fetch it, and what lies there.
    "store": f"{BY_AREA} OR unit_id = ANY ({UNITS}) OR dispatch_asked(id)",
    "lot": OF_STORE,
    "supplyrequest": f"{OF_STORE} OR unit_id = ANY ({UNITS})",
    "requestline": (
        "EXISTS (SELECT FROM dispatch_supplyrequest q WHERE q.id = {table}.request_id)"
    ),
    "movement": "EXISTS (SELECT FROM dispatch_lot l WHERE l.id = {table}.lot_id)",
    "expert": BY_AREA,
    "listing": OF_EXPERT,
    "callout": OF_EXPERT,
}
# Run with the owner's rights: requests are themselves secured by their store.
ASKED = f"""
CREATE FUNCTION dispatch_asked(_store uuid) RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE SET search_path FROM CURRENT AS $$
  SELECT EXISTS (SELECT FROM dispatch_supplyrequest
    WHERE store_id = _store AND unit_id = ANY ({UNITS}))
$$;
"""
BOOK = """
CREATE FUNCTION dispatch_book() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
  UPDATE dispatch_lot SET on_hand = on_hand + NEW.on_hand, committed = committed + NEW.committed
  WHERE id = NEW.lot_id;
  RETURN NULL;
END $$;
CREATE TRIGGER movement_books AFTER INSERT ON dispatch_movement
  FOR EACH ROW EXECUTE FUNCTION dispatch_book();
CREATE FUNCTION dispatch_only_booked() RETURNS trigger
  LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF pg_trigger_depth() < 2 AND (TG_OP = 'UPDATE' OR NEW.on_hand <> 0 OR NEW.committed <> 0) THEN
    RAISE EXCEPTION 'stock changes by movements only' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lot_begins_empty BEFORE INSERT ON dispatch_lot
  FOR EACH ROW EXECUTE FUNCTION dispatch_only_booked();
CREATE TRIGGER lot_only_booked BEFORE UPDATE OF on_hand, committed ON dispatch_lot
  FOR EACH ROW EXECUTE FUNCTION dispatch_only_booked();
"""
UNDO_BOOK = """
DROP TRIGGER lot_only_booked ON dispatch_lot; DROP TRIGGER lot_begins_empty ON dispatch_lot;
DROP FUNCTION dispatch_only_booked();
DROP TRIGGER movement_books ON dispatch_movement; DROP FUNCTION dispatch_book();
"""
FIELDS = [
    ("fire", "消防灭火", "Fire fighting"),
    ("chemicals", "危险化学品", "Hazardous chemicals"),
    ("gas", "燃气", "Gas"),
    ("structures", "建筑结构", "Structures"),
    ("electric", "电力", "Electric power"),
    ("special_equipment", "特种设备", "Lifts, boilers, cranes"),
    ("mining", "矿山", "Mining"),
    ("geology", "地质灾害", "Geological hazards"),
    ("meteorology", "气象", "Weather"),
    ("medicine", "医疗急救", "Emergency medicine"),
    ("epidemics", "公共卫生", "Public health"),
    ("psychology", "心理疏导", "Psychology"),
    ("negotiation", "谈判", "Negotiation"),
    ("law", "法律", "Law"),
]
SUPPLIES = [
    ("extinguisher", "灭火器", "Fire extinguisher", "具", 10),
    ("helmet", "防护头盔", "Helmet", "顶", 20),
    ("shield", "防暴盾牌", "Shield", "面", 10),
    ("fork", "防暴钢叉", "Restraint fork", "把", 6),
    ("vest", "反光背心", "Reflective vest", "件", 30),
    ("radio", "对讲机", "Radio", "台", 10),
    ("torch", "强光手电", "Torch", "支", 20),
    ("cordon", "警戒带", "Cordon tape", "卷", 20),
    ("first_aid_kit", "急救包", "First aid kit", "个", 10),
    ("aed", "自动体外除颤器", "Defibrillator", "台", 1),
    ("mask", "防毒面具", "Gas mask", "个", 10),
    ("face_mask", "医用口罩", "Surgical mask", "只", 500),
    ("disinfectant", "消毒液", "Disinfectant", "瓶", 40),
    ("tent", "帐篷", "Tent", "顶", 10),
    ("blanket", "棉被", "Blanket", "床", 50),
    ("generator", "发电机", "Generator", "台", 1),
    ("pump", "抽水泵", "Pump", "台", 2),
    ("sandbag", "沙袋", "Sandbag", "个", 200),
    ("rope", "救援绳", "Rescue rope", "条", 10),
    ("water", "饮用水", "Drinking water", "箱", 50),
    ("food", "应急食品", "Emergency food", "箱", 50),
]


def fill(apps, schema_editor):
    fields = apps.get_model("dispatch", "Field")
    kinds = apps.get_model("dispatch", "SupplyKind")
    fields.objects.bulk_create(
        fields(code=code, name=name, name_en=english, position=place)
        for place, (code, name, english) in enumerate(FIELDS)
    )
    kinds.objects.bulk_create(
        kinds(
            code=code, name=name, name_en=english, measure=measure, least=least, position=place
        )
        for place, (code, name, english, measure, least) in enumerate(SUPPLIES)
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("dispatch", "0004_supplies"), ("kernel", "0001_initial")]
    operations = [
        migrations.RunSQL(ASKED, "DROP FUNCTION dispatch_asked(uuid);"),
        *[
            secure(f"dispatch_{name}", rule.replace("{table}", f"dispatch_{name}"))
            for name, rule in RULES.items()
        ],
        append_only("dispatch_movement"),
        migrations.RunSQL(BOOK, UNDO_BOOK),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
