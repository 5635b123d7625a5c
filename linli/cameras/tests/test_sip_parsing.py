"""The parsers of GB/T 28181: what devices write is read, and garbage is one error, never another."""

import random
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cameras.sip import digest, framing, manscdp, ps, rtp, sdp
from linli.cameras.sip.message import Message, ProtocolError, answer, parse, read_uri, serialise

DEVICE = "62030200001320000001"
REGISTER = (
    f"REGISTER sip:62030000002000000001@6203000000 SIP/2.0\r\n"
    f"v: SIP/2.0/UDP 127.0.0.1:5061;rport;branch=z9hG4bK1\r\n"
    f'From: "门前" <sip:{DEVICE}@6203000000>;tag=a\r\nTo: <sip:{DEVICE}@6203000000>\r\n'
    f"Call-ID: one\r\nCSeq: 1 REGISTER\r\nContact: <sip:{DEVICE}@127.0.0.1:5061>\r\n"
    f"Expires: 3600\r\nContent-Length: 0\r\n\r\n"
)


def test_a_register_is_read_in_any_of_the_encodings_devices_use() -> None:
    for encoding in ("utf-8", "gb18030"):
        read = parse(REGISTER.encode(encoding))
        assert (read.method, read.cseq, read.branch) == ("REGISTER", (1, "REGISTER"), "z9hG4bK1")
        assert read_uri(read.need("from")).user == DEVICE
        assert "门前" in read.need("from")


def test_an_answer_repeats_what_names_the_transaction_and_adds_a_tag() -> None:
    said = parse(serialise(answer(parse(REGISTER.encode()), 401, tag="t")))
    assert (said.status, said.branch, said.get("to")[-6:]) == (401, "z9hG4bK1", ";tag=t")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=600))
def test_garbage_is_a_protocol_error_and_nothing_else(data: bytes) -> None:
    for reading in (
        parse, read_uri_of, manscdp.read, rtp.read_packet, sdp.read_answer, fed,
    ):  # fmt: skip
        with suppress(ProtocolError):
            reading(data)
    digest.read_answer(data.decode("latin-1"))
    assert not digest.Nonces().accept(data.decode("latin-1"), "1")


def read_uri_of(data: bytes) -> None:
    read_uri(data.decode("latin-1"))


def fed(data: bytes) -> None:
    list(framing.Framing().feed(data))
    list(rtp.StreamFraming().feed(data))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_register_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(REGISTER.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = parse(bytes(whole))
    except ProtocolError:
        return
    # What was read can be written, and says the same again.
    again = parse(serialise(read))
    assert (again.method, again.status, again.body) == (read.method, read.status, read.body)


_NAME = st.from_regex(r"[a-z][a-z-]{0,12}", fullmatch=True).filter(
    lambda n: n not in "content-length vift lcmske"
)
_TEXT = st.from_regex(r"[!-~]([ -~]{0,30}[!-~])?", fullmatch=True)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(_NAME, _TEXT), max_size=8), st.binary(max_size=80))
def test_what_is_written_is_read_back(headers: list[tuple[str, str]], body: bytes) -> None:
    written = Message("INFO", "sip:a@b", headers=tuple(headers), body=body)
    read = parse(serialise(written))
    assert (read.headers[:-1], read.body) == (written.headers, body)


def test_limits_hold() -> None:
    head = "OPTIONS sip:a SIP/2.0\r\n"
    for bad in (
        head + "a: b\r\n" * 65 + "\r\n",
        head + "a: " + "b" * 5000 + "\r\n\r\n",
        head + "Content-Length: 10\r\n\r\nshort",
        head + "Content-Length: -1\r\n\r\n",
        head + "x" * 70_000,
    ):
        with pytest.raises(ProtocolError):
            parse(bad.encode())


def test_a_stream_is_cut_wherever_it_breaks() -> None:
    two = b"\r\n\r\n" + REGISTER.encode() * 2
    for size in (1, 7, 100, len(two)):
        cutting = framing.Framing()
        found = [m for i in range(0, len(two), size) for m in cutting.feed(two[i : i + size])]
        assert [m.method for m in found] == ["REGISTER", "REGISTER"]
    with pytest.raises(ProtocolError):
        list(framing.Framing().feed(b"REGISTER sip:a SIP/2.0\r\nCall-ID: 1\r\n\r\n"))


def test_a_digest_is_right_only_with_the_password_the_method_and_a_fresh_nonce() -> None:
    nonces = digest.Nonces()
    for algorithm in digest.ALGORITHMS:
        for qop in ("", "auth"):
            nonce = nonces.make(1000)
            head = (
                f'Digest username="{DEVICE}", realm="r", nonce="{nonce}", uri="sip:x", response="0"'
            )
            head += f", algorithm={algorithm}" + (
                ', qop=auth, nc=00000001, cnonce="c"' if qop else ""
            )
            said = digest.read_answer(head)
            assert said is not None
            right = digest.read_answer(
                head.replace('"0"', f'"{digest.response_of(said, "REGISTER", "secret")}"')
            )
            assert right is not None
            assert digest.is_right(right, "REGISTER", "secret")
            assert not digest.is_right(right, "REGISTER", "Secret")
            assert not digest.is_right(right, "INVITE", "secret")
            assert nonces.accept(nonce, said.nc, 1001)
            assert not nonces.accept(nonce, said.nc, 1002), "used twice"
            assert not nonces.accept(nonces.make(1000), "", 1000 + digest.FRESH + 1), "old"
    assert not digest.Nonces().accept(nonces.make(1000), "", 1000), "of another platform"


def test_rfc_2617_example() -> None:
    said = digest.read_answer(
        'Digest username="Mufasa", realm="testrealm@host.com",'
        ' nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", qop=auth,'
        ' nc=00000001, cnonce="0a4f113b", response="6629fae49393a05397450978507c4ef1"'
    )
    assert said is not None
    assert digest.is_right(said, "GET", "Circle Of Life")


def catalogue(encoding: str) -> bytes:
    text = f"""<?xml version="1.0" encoding="{encoding}"?>
<Response><CmdType>Catalog</CmdType><SN>7</SN><DeviceID>{DEVICE}</DeviceID><SumNum>3</SumNum>
<DeviceList Num="2"><Item><DeviceID>62030200001320000011</DeviceID><Name>校门口东</Name>
<Manufacturer>海康</Manufacturer><Status>ON</Status><Longitude>102.18</Longitude>
<Latitude>38.51</Latitude></Item><Item><DeviceID>620302</DeviceID><Name>金川区</Name></Item>
</DeviceList></Response>"""
    return text.encode("gb18030" if encoding != "UTF-8" else "utf-8")


@pytest.mark.parametrize("encoding", ["GB2312", "GBK", "gb18030", "UTF-8"])
def test_a_catalogue_is_read_in_every_encoding(encoding: str) -> None:
    read = manscdp.read(catalogue(encoding))
    assert (read.kind, read.command, read.sn, read.total) == ("Response", "Catalog", "7", 3)
    first, second = read.channels
    assert (first.name, first.on, first.is_folder) == ("校门口东", True, False)
    assert (first.longitude, first.latitude) == (102.18, 38.51)
    assert second.is_folder


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><Notify>&b;</Notify>',
        b"<Notify><CmdType>Keepalive</CmdType></Notify>",
        b"<html/>",
        b'<?xml version="1.0" encoding="utf-16"?><Notify/>',
    ],
)
def test_other_xml_is_refused(body: bytes) -> None:
    with pytest.raises(ProtocolError):
        manscdp.read(body)


def test_what_we_write_is_read_back() -> None:
    asked = manscdp.read(manscdp.query("Catalog", DEVICE, 12))
    assert (asked.kind, asked.command, asked.sn, asked.device) == ("Query", "Catalog", "12", DEVICE)
    told = manscdp.read(manscdp.reply(asked, {"Result": "<&>"}))
    assert told.fields["Result"] == "<&>"


def test_an_offer_for_what_was_recorded_names_its_span() -> None:
    begins, ends = datetime(2026, 3, 10, 1, tzinfo=UTC), datetime(2026, 3, 10, 2, tzinfo=UTC)
    offer = sdp.Offer("1" * 20, DEVICE, "10.0.0.1", 30000, "0203000001", True, (begins, ends))
    text = sdp.write_offer(offer).decode()
    assert f"s=Playback\r\nu={DEVICE}:0" in text
    assert f"t={int(begins.timestamp())} {int(ends.timestamp())}" in text
    assert "a=setup:passive" in text
    assert sdp.ssrc_of("62030000002000000001", 70_001, recorded=True) == "1300000001"


def test_an_answer_with_another_form_is_refused() -> None:
    good = b"v=0\r\nc=IN IP4 10.0.0.9\r\nm=video 6000 RTP/AVP 96\r\na=rtpmap:96 PS/90000\r\ny=0100000001\r\n"
    said = sdp.read_answer(good)
    assert (said.ssrc, said.payload, said.host) == (100000001, 96, "10.0.0.9")
    for bad in (
        good.replace(b"PS/90000", b"H264/90000"),
        good.replace(b"m=video", b"m=audio"),
        b"",
    ):
        with pytest.raises(ProtocolError):
            sdp.read_answer(bad)


def packet(number: int, payload: bytes = b"", *, marker: bool = False) -> rtp.Packet:
    return rtp.Packet(number & 0xFFFF, 0, 1, 96, marker, payload)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 65535), st.integers(1, 300), st.integers(0, 2**32))
def test_packets_come_out_in_order_whatever_the_network_does(
    first: int, count: int, seed: int
) -> None:
    dice = random.Random(seed)
    # Each packet is late by a few places at most, as on a real network; some come twice.
    sent = sorted(range(count), key=lambda i: i + dice.uniform(0, 8))
    sent = [one for one in sent for _ in range(2 if dice.random() < 0.1 else 1)]
    if sent[0] != 0:
        sent.insert(0, 0)
    order = rtp.Order()
    out = [p.sequence for i in sent for _, p in order.push(packet(first + i))]
    assert out == [(first + i) & 0xFFFF for i in range(count)]


def test_after_a_loss_nothing_until_the_next_key_frame() -> None:
    key, inner = ps.PACK + b"\x00\x00\x01\xbb key", ps.PACK + b" inner"
    packs, order = ps.Packs(), rtp.Order(patience=2)
    out: list[bytes] = []
    for number, payload in enumerate([key, inner, inner, inner, inner, key, inner]):
        if number == 2:
            continue
        for gap, one in order.push(packet(number, payload, marker=True)):
            out += packs.push(one, after_gap=gap)
    assert out == [key, inner, key, inner]
    assert packs.lost == 1


def test_a_pack_may_come_in_several_packets_and_never_grows_without_end() -> None:
    packs = ps.Packs()
    parts = [ps.PACK + b"\x00\x00\x01\xbc", b"two", b"three"]
    out = [
        p
        for i, b in enumerate(parts)
        for p in packs.push(packet(i, b, marker=i == 2), after_gap=False)
    ]
    assert out == [b"".join(parts)]
    list(packs.push(packet(3, ps.PACK), after_gap=False))
    for _ in range(100):
        list(packs.push(packet(4, b"x" * 60_000), after_gap=False))
    assert len(packs._pack) <= ps.LONGEST_PACK
