"""How fast a city of a million cases answers, over HTTP, to four signed-in people at once."""

import http.client
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from bench.clients import Request, measure, spread
from bench.instance import Instance, command

PASSWORD = "linli-demo-6203"  # the demo city's, good on loopback only
CLIENTS = 4
DIRECTOR = "director-6203"
# From words that stand in a handful of titles to words that stand in every tenth.
WORDS = (
    "漏水",
    "邻里",
    "宅基地",
    "欠薪",
    "噪音",
    "采光",
    "物业费",
    "继承",
    "边界",
    "合同",
    "工伤",
    "赡养",
)


def sign_in(port: int, name: str) -> dict[str, str]:
    """Sign in as the page does and return the headers of every further request."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/accounts/login/")
    answer = connection.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the sign-in page has no token")
    cookies = _cookies(answer)
    body = urlencode({"csrfmiddlewaretoken": token.group(1), "login": name, "password": PASSWORD})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    connection.request("POST", "/accounts/login/", body, kind)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        raise RuntimeError(f"{name} could not sign in: {answer.status}")
    return {"Cookie": "; ".join([cookies, _cookies(answer)])}


def _cookies(answer: http.client.HTTPResponse) -> str:
    found = answer.headers.get_all("Set-Cookie") or []
    return "; ".join(cookie.split(";")[0] for cookie in found)


def tokens(home: Path, names: Sequence[str]) -> list[str]:
    """Make an API token for each of the named people."""
    made = []
    for name in names:
        words = (
            "user",
            "token",
            "create",
            name,
            "--name",
            "bench",
            "--scope",
            "cases:write",
            "--json",
        )
        made.append(json.loads(command(home, *words).splitlines()[-1])["token"])
    return made


def creates(keys: Sequence[str], areas: Sequence[str], each: int) -> list[list[Request]]:
    """Requests that register a dispute with an applicant, each client at a desk of its own."""

    def make(client: int, number: int) -> Request:
        matter = {
            "kind": "dispute", "category": "neighbour", "channel": "window",
            "title": f"楼道堆放杂物引发邻里争执{number}", "description": "多次劝说未果。",
            "area": areas[client],
            "parties": [{"role": "applicant", "name": "张无名", "phone": "100-0000-1234"}],
        }  # fmt: skip
        headers = {
            "Authorization": f"Bearer {keys[client]}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{client}-{number}-{random.random()}",
        }
        return "POST", "/api/v1/cases", json.dumps(matter).encode(), headers

    return spread(make, CLIENTS, each)


def reads(headers: dict[str, str], addresses: Sequence[str], each: int) -> list[list[Request]]:
    """Requests for pages, every client going through the addresses from another start."""

    def make(client: int, number: int) -> Request:
        return "GET", addresses[(client + number) % len(addresses)], None, headers

    return spread(make, CLIENTS, each)


def about_four_thousand(home: Path) -> str:
    """Return the map's address with the filter that comes nearest to 4,000 points."""
    statement = (
        "from django.db.models import Count; from django.db.models.functions import Left;"
        "from linli.cases.models import Case; from linli.cases.lifecycle import OPEN; import json;"
        "rows = Case.objects.filter(state__in=OPEN, longitude__isnull=False)"
        ".annotate(a=Left('area_id', 9)).values_list('a', 'kind').annotate(n=Count('id'));"
        "print(json.dumps(list(rows)))"
    )
    rows = json.loads(command(home, "manage", "shell", "-v", "0", "-c", statement).splitlines()[-1])
    totals: dict[str, int] = {}
    for area, _kind, count in rows:
        totals[area] = totals.get(area, 0) + count
    area, count = min(totals.items(), key=lambda pair: abs(pair[1] - 4000))
    print(f"map: {count} points in {area}", flush=True)
    return f"/map/points.json?area={area}&state=open"


def measured(instance: Instance, each: int = 150) -> dict[str, dict[str, float]]:
    """Return every figure; the first requests of each kind warm up and are not counted."""
    instance.settle()
    clerks = ("620302001", "620302002", "620302003", "620302004")
    keys = tokens(instance.home, [f"clerk-{area}" for area in clerks])
    areas = [f"{area}001" for area in clerks]
    headers = sign_in(instance.port, DIRECTOR)
    township = clerks[2]
    pages = {
        "list_100": ["/cases/"],
        "list_100_api": ["/api/v1/cases"],
        "list_area_and_state": [
            f"/cases/?area={area}&state={state}"
            for area in clerks for state in ("handling", "closed")
        ],
        "map_4000_points": [about_four_thousand(instance.home)],
        "area_page": ["/areas/6203/"],
        "area_figures_api": ["/api/v1/figures/6203"],
        "figures_page": ["/figures/"],
        "workbench": ["/"],
        "words_in_title": [f"/cases/?q={quote(word)}" for word in WORDS],
        "words_in_title_of_a_township": [f"/cases/?q={quote(w)}&area={township}" for w in WORDS],
    }  # fmt: skip
    found = {}
    for name, addresses in pages.items():
        measure(instance, reads(headers, addresses, max(10, len(addresses))))
        found[name] = measure(instance, reads(headers, addresses, each))
    # Last: thousands of new cases of one kind would make the city unlike any other.
    measure(instance, creates(keys, areas, 30))
    found["create"] = measure(instance, creates(keys, areas, 4 * each))
    return found
