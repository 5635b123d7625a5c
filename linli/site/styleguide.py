"""Every component in every state on one page: for page writers, screenshots and the axe test.

Reachable at ``/styleguide/`` while DEBUG is on; all names and numbers in it are invented.
"""

import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from linli.accounts.actor import Actor, HeldRole
from linli.accounts.models import RoleKind
from linli.site.navigation import ENTRIES, Link

CLERK = Actor(
    user_id=UUID(int=1),
    name="李秀英",
    roles=(HeldRole(kind=RoleKind.WINDOW_CLERK, area="620302001", unit=None),),
)
KINDS = [("dispute", "矛盾纠纷"), ("request", "诉求"), ("hazard", "隐患"), ("consultation", "咨询")]
CASES = [
    ("red", "(2026)BJL字第0412号", "楼上漏水，泡坏客厅天花板", "龙门里社区", "已超期 2 天"),
    ("yellow", "(2026)BJL字第0409号", "广场舞音响太响，夜里睡不着", "盘旋路社区", "剩 3 小时"),
    ("blue", "(2026)BJL字第0405号", "两家共用院墙该由谁修", "公园里社区", "剩 4 个工作日"),
    ("green", "(2026)BJL字第0398号", "装修垃圾堆在楼道", "龙门里社区", "已办结并回访"),
]


class SampleForm(forms.Form):
    """One field of each usual sort."""

    title = forms.CharField(label="事由", help_text="一句话说清是什么事，不写姓名。")
    kind = forms.ChoiceField(label="类型", choices=KINDS, widget=forms.RadioSelect)
    area = forms.ChoiceField(label="地点", choices=[("1", "龙门里社区"), ("2", "公园里社区")])
    since = forms.DateField(
        label="发生日期", required=False, widget=forms.DateInput({"type": "date"})
    )
    text = forms.CharField(label="经过", widget=forms.Textarea, required=False)
    paper = forms.FileField(
        label="照片或扫描件",
        required=False,
        help_text="每个不超过 1 MB。",
        widget=forms.FileInput(
            {"data-island": "upload", "data-max-bytes": "1048576", "data-types": "image/*,.pdf"}
        ),
    )
    told = forms.BooleanField(label="已告知当事人调解不收费")


class SamplePlaceForm(forms.Form):
    """The fields the place picker stands in for."""

    area = forms.CharField(label="地点", help_text="行政区划代码")
    lng = forms.FloatField(required=False)
    lat = forms.FloatField(required=False)


def _context() -> dict[str, Any]:
    navigation = [
        Link("#", entry.label, entry.icon, entry.group, "", is_current=index == 1)
        for index, entry in enumerate(ENTRIES)
    ]
    now = timezone.now()
    entries = [
        {
            "at": now - datetime.timedelta(hours=hours),
            "title": title,
            "by": by,
            "text": text,
            "light": light,
        }
        for hours, title, by, text, light in (
            (1, "催办", "中心 · 王建国", "请今日内回复当事人。", "yellow"),
            (26, "接收", "龙门里社区 · 赵玉兰", "", "blue"),
            (27, "登记", "窗口 · 李秀英", "当事人来窗口反映，已出具回执。", ""),
        )
    ]
    return {
        "actor": CLERK,
        "role_names": [RoleKind.WINDOW_CLERK.label],
        "navigation": navigation,
        "bottom_tabs": navigation[:4],
        "bottom_more": navigation[4:],
        "form": SampleForm(),
        "wrong_form": SampleForm({"title": "", "kind": "x", "area": "9", "since": "30 Feb"}),
        "place_form": SamplePlaceForm(initial={"area": "620302001001"}),
        "filter_form": SampleForm(prefix="filter"),
        "trail": [("#", "工作台"), ("#", "事项")],
        "chips": [("状态：办理中", "#"), ("灯色：红", "#")],
        "page_tabs": [("#", "进展", 12, True), ("#", "当事人", 2, False), ("#", "材料", "", False)],
        "cases": CASES,
        "entries": entries,
        "now": now,
    }


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """Show all components."""
    return render(request, "site/styleguide.html", _context())


@login_not_required
def points(request: HttpRequest) -> JsonResponse:
    """Give 4,000 invented points for the map, the same at every call; ``?none=1`` gives none."""
    if "none" in request.GET:
        return JsonResponse({"points": []})
    lights = ("blue", "blue", "blue", "yellow", "red", "green")
    rows = [
        [
            round(102.17 + ((n * 7919) % 4001 / 4001 - 0.5) * 0.5, 6),
            round(38.52 + ((n * 104729) % 3989 / 3989 - 0.5) * 0.4, 6),
            lights[n % 6],
            f"(2026)字第{n:04d}号",
            f"{n}",
        ]
        for n in range(4000)
    ]
    return JsonResponse({"points": rows})


@login_not_required
def areas(request: HttpRequest) -> JsonResponse:
    """Give a few invented areas below ``?parent=``, or those with ``?words=`` in their name."""
    tree = {
        "": [("6203", "金昌市", "city", True)],
        "6203": [("620302", "金川区", "county", True), ("620321", "永昌县", "county", True)],
        "620302": [("620302001", "北京路街道", "township", True)],
        "620302001": [
            ("620302001001", "龙门里社区", "village", True),
            ("620302001002", "公园里社区", "village", False),
        ],
        "620302001001": [("620302001001001", "第一网格", "grid", False)],
    }
    rows = [row for below in tree.values() for row in below]
    if words := request.GET.get("words"):
        found = [row for row in rows if words in row[1]]
    elif code := request.GET.get("code"):
        found = [row for row in rows if code.startswith(row[0])]
    else:
        found = tree.get(request.GET.get("parent", ""), [])
    names = ("code", "name", "level", "has_children")
    point = {"point": [102.188, 38.52]}
    return JsonResponse({"areas": [dict(zip(names, row, strict=True)) | point for row in found]})


urlpatterns = [
    path("", page, name="page"),
    path("points.json", points, name="points"),
    path("areas.json", areas, name="areas"),
]
app_name = "styleguide"
