"""Taking personal data out of a text before anything learns from it or it leaves the house.

What the parties of the case are known by is cut out exactly; everything else by its shape: numbers
of seven digits and more (phones, identity and bank numbers), plates, mail addresses, and names that
are introduced as such. What is cut out leaves one sign, so that no word is made of what stood around.
"""

import re
from collections.abc import Iterable

SIGN = "＊"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_SHAPES = [
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    re.compile(r"(?<!\d)\d{6}(?:18|19|20)\d{9}[\dXx](?![\dXx])"),
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)"),
    re.compile(r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)"),
    re.compile(r"(?<!\d)\d(?:[\d -]{5,}\d)(?!\d)"),
    re.compile(
        r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9·]{5,7}"
    ),
    re.compile(r"(?:微信|QQ|qq|wechat)号?[:： ]?[\w-]{5,}", re.ASCII),
]
_NAME = f"[{_SURNAMES}]" + r"[\u4e00-\u9fff]{1,2}"
_INTRODUCED = re.compile(
    rf"(我叫|我是|本人|姓名[:：]?|联系人[:：]?|申请人[:：]?|被申请人[:：]?|当事人[:：]?|户主[:：]?|举报人[:：]?|业主|村民|居民|工人|司机|老板)({_NAME})"
    r"(?=[，。,;；、:：\s（(]|$|家|的|与|和|因|说|称|反映|电话|住|系|在)"
)
_ADDRESSED = re.compile(
    rf"[{_SURNAMES}](?:某{{1,2}}|[\u4e00-\u9fff]{{0,2}}(?=先生|女士|师傅|老师|医生|经理|主任|阿姨|大爷|大妈|老板))"
)


def masked(text: str, known: Iterable[str] = ()) -> str:
    """Return ``text`` without personal data; ``known`` are names, phones and addresses to cut out."""
    for word in sorted({one.strip() for one in known}, key=len, reverse=True):
        if len(word) > 1:
            text = text.replace(word, SIGN)
    for shape in _SHAPES:
        text = shape.sub(SIGN, text)
    text = _INTRODUCED.sub(lambda found: found.group(1) + SIGN, text)
    return _ADDRESSED.sub(SIGN, text)
