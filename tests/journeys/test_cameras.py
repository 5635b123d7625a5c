"""A camera is refused in a guest room and taken in the lobby; it goes black, and an order follows."""

import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from linli.cameras.tests import hls_peer
from tests.cast import LONGMENLI
from tests.journeys.conftest import assert_accessible, look_again

type Visit = Callable[..., Page]


def play(film: Path, stage: Path) -> None:
    """Let the camera show a film from now on."""
    for piece in film.iterdir():
        draft = stage / f"{piece.name}.part"
        shutil.copyfile(piece, draft)
        draft.replace(stage / piece.name)


def allow(page: Page) -> None:
    """Let this machine be asked, and have cameras looked at every few seconds."""
    page.goto("/cameras/setup/")
    assert_accessible(page)
    page.locator("[name=cidr]").fill("127.0.0.0/8")
    page.locator("[name=reason]").fill("本机")
    page.locator("#networks").locator("xpath=ancestor::section").locator("form button").last.click()
    expect(page.locator("main")).to_contain_text("127.0.0.0/8")
    for name, seconds in (("look_every", "5"), ("picture_every", "5"), ("look_again", "2")):
        page.locator(f"[name={name}]").fill(seconds)
    page.locator("#limits").locator("xpath=ancestor::section").locator("form button").click()
    expect(page.locator("[name=look_every]")).to_have_value("5")


def register(page: Page) -> None:
    """Try a guest room first, then the lobby."""
    page.goto("/cameras/new/")
    page.locator("[name=code]").fill("62030200301320009999")
    page.locator("[name=name]").fill("示例宾馆大堂")
    page.locator("[name=place_kind]").select_option("guest_room")
    page.evaluate(
        "([area]) => { for (const [n, v] of [['area', area], ['lng', '102.18'], ['lat', '38.53']])"
        " document.querySelector(`input[name=${n}]`).value = v; }",
        [LONGMENLI],
    )
    for name in ("owner", "managing"):
        page.locator(f"[name={name}]").select_option(label="北京路街道")
    page.locator("[name=legal_class]").select_option("second")
    page.locator("[name=purpose]").fill("治安防范")
    page.locator("main button.button-primary").click()
    expect(page.locator("main")).to_contain_text("不得安装摄像头")
    assert_accessible(page)
    page.locator("[name=place_kind]").select_option("hotel_lobby")
    page.locator("main button.button-primary").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    expect(page.locator("#filing")).to_contain_text("待备案")


def test_a_camera_goes_black_and_a_work_order_follows(visit: Visit, tmp_path: Path) -> None:
    busy = hls_peer.film(tmp_path / "busy", hls_peer.BUSY).parent
    black = hls_peer.film(tmp_path / "black", hls_peer.BLACK).parent
    stage = tmp_path / "stage"
    stage.mkdir()
    play(busy, stage)
    with hls_peer.serving(stage) as address:
        keeper = visit("administrator", "/cameras/")
        allow(keeper)
        register(keeper)
        keeper.locator("#sources summary").click()
        keeper.locator("[name=protocol]").select_option("hls")
        keeper.locator("[name=address]").fill(f"{address}/live.m3u8")
        keeper.locator("#sources form button.button-primary").click()
        state = keeper.locator("section", has=keeper.locator("#state-title"))
        expect(look_again(keeper, state.get_by_text("正常", exact=True).first)).to_be_visible()
        assert_accessible(keeper)

        play(black, stage)
        expect(look_again(keeper, state.get_by_text("待修", exact=True).first)).to_be_visible()
        expect(state).to_contain_text("画面全黑")
        assert_accessible(keeper)

        director = visit("director", "/cameras/orders/")
        assert_accessible(director)
        director.get_by_role("link", name="示例宾馆大堂").click()
        play(busy, stage)
        director.locator("[name=note]").fill("更换电源")
        director.get_by_role("button", name="已修好").click()
        closed = director.get_by_text("已销单", exact=True).first
        expect(look_again(director, closed)).to_be_visible()
        expect(director.locator("main")).to_contain_text("更换电源")
