"""CAP 1.2: what is read and what is refused, and what is written can be checked by anybody."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from linli.alarms.cap import keys
from linli.alarms.cap.reading import MOST_BYTES, NotCap, read, valid
from linli.alarms.cap.writing import Told, signed, verified
from tests.cast import TUESDAY

CHINESE = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>62030041600000_20260310095500</identifier>
  <sender>gansu.jinchang@12379.example</sender>
  <sent>2026-03-10T09:55:00+08:00</sent>
  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
  <info>
    <language>en-US</language><category>Met</category><event>Sandstorm</event>
    <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
  </info>
  <info>
    <language>zh-CN</language><category>Met</category><event>沙尘暴</event>
    <responseType>Shelter</responseType>
    <urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty>
    <eventCode><valueName>国家预警事件分类</valueName><value>11B07</value></eventCode>
    <expires>2026-03-10T20:00:00+08:00</expires>
    <senderName>金昌市气象台</senderName>
    <headline>金昌市气象台发布沙尘暴黄色预警信号</headline>
    <description>预计未来12小时内我市将出现沙尘暴天气，能见度小于1000米。</description>
    <instruction>请减少外出，关好门窗。</instruction>
    <area><areaDesc>金川区</areaDesc><circle>38.52,102.19 20</circle>
      <geocode><valueName>行政区划代码</valueName><value>620302</value></geocode></area>
  </info>
</alert>
"""


def test_a_chinese_message_is_read_in_chinese() -> None:
    message = read(CHINESE.encode())
    assert message.headline == "金昌市气象台发布沙尘暴黄色预警信号"
    assert (message.event, message.place, message.codes) == ("沙尘暴", "金川区", ("620302",))
    assert message.points == ((102.19, 38.52),)
    assert message.sent == datetime(2026, 3, 10, 1, 55, tzinfo=UTC)
    assert message.name.endswith("62030041600000_20260310095500,2026-03-10T09:55:00+08:00")


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "gb18030"])
def test_chinese_encodings_are_read(encoding: str) -> None:
    text = CHINESE.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    assert read(text.encode("gb18030")).event == "沙尘暴"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + ']><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">&j;</alert>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&x;</identifier></alert>'
)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"no xml", b"<alert/>", BOMB.encode(), BOMB.encode("utf-16"), OUTSIDE.encode(),
        CHINESE.replace("cap:1.2", "cap:1.1").encode(),
        CHINESE.replace("<status>Actual</status>", "<status>Real</status>").encode(),
        CHINESE.replace("<scope>Public</scope>", "").encode(),
        CHINESE.replace("09:55:00+08:00", "09:55:00Z").encode(),
        CHINESE.replace("<severity>Severe</severity>", "").encode(),
        CHINESE.replace("gansu.jinchang@", "gansu jinchang@").encode(),
        CHINESE.encode().replace(b"Likely", b"\xff\xfe"),
        b'<?xml version="1.0" encoding="gbk"?>\xff\xff',
        b"<a>" * 20_000, b"x" * (MOST_BYTES + 1),
        b'<?xml version="1.0" encoding="no-such-thing"?><alert/>',
    ],
    ids=range(17),
)  # fmt: skip
def test_what_is_no_cap_is_refused(data: bytes) -> None:
    with pytest.raises(NotCap):
        valid(data)


def told(**fields: Any) -> Told:
    given = {
        "identifier": "linli-6203-1", "sender": "linli@jinchang.example",
        "sender_name": "金昌市综治中心", "sent": TUESDAY, "status": "Exercise", "type": "Alert",
        "references": (), "event": "燃气泄漏", "category": "Safety", "response": "Evacuate",
        "urgency": "Immediate", "severity": "Severe", "certainty": "Observed",
        "expires": TUESDAY + timedelta(hours=2), "headline": "请绕行北京路",
        "description": "北京路燃气管道泄漏 <抢修中>。", "instruction": "请勿使用明火。",
        "area_name": "北京路街道", "area_code": "620302003",
    }  # fmt: skip
    return Told(**{**given, **fields})


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_what_is_written_is_valid_signed_and_shows_a_change(signing: None) -> None:
    key = keys.current("金昌", TUESDAY)
    message = signed(told(), key)
    assert verified(message, key.certificate)
    assert read(message).headline == "请绕行北京路"
    changed = message.replace("请勿使用明火".encode(), "可以使用明火".encode())
    assert changed != message
    assert not verified(changed, key.certificate)
    root = etree.fromstring(message)
    assert [one.tag.rpartition("}")[2] for one in root][-1] == "Signature"
    assert oct((keys.directory() / "key.pem").stat().st_mode)[-3:] == "600"


def test_after_a_rotation_old_messages_can_still_be_checked(home: Path) -> None:
    before = signed(told(), keys.current("金昌", TUESDAY))
    keys.rotate("金昌", TUESDAY + timedelta(days=1))
    newest, former = keys.certificates()
    assert not verified(before, newest)
    assert verified(before, former)
    assert verified(signed(told(), keys.current("金昌", TUESDAY)), newest)


def test_what_would_not_be_cap_is_not_signed(signing: None) -> None:
    with pytest.raises(NotCap):
        signed(told(severity="Terrible"), keys.current("金昌", TUESDAY))
