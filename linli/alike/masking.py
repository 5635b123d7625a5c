"""Taking out of a text whatever says who it was and where, so that only the matter is left.

Two ways, one after the other. What the case itself knows is taken out letter by letter: names,
phones and addresses of its parties, the staff who had it, its place and area. Then everything of a
telling shape: numbers (phone, identity, bank, plate, house, case), addresses of mail and chat,
dates, names that are introduced or addressed as such, names of firms and places. A word in
brackets stands where something was, so that nothing is made of what stood around it.

Sums of money, durations and the law that was applied stay: they are what a reader looks for. Too
much is taken out rather than too little: who needs the words asks for the case itself.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

WHO, WHERE, FIRM, NUMBER, DAY = "〔某人〕", "〔某地〕", "〔某单位〕", "〔号码〕", "〔某日〕"

_ONE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴"
    "霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚"
    "岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝"
)
_TWO = "欧阳|司马|上官|诸葛|皇甫|尉迟|公孙|慕容|令狐|夏侯|东方|独孤|拓跋|呼延"
_SURNAME = f"(?:{_TWO}|[{_ONE}])"
_CALLED = (
    "先生|女士|小姐|同志|师傅|老师|医生|大夫|护士|律师|经理|主任|书记|校长|老板娘?|队长|组长|支书|会计|阿姨|叔叔"
    "|大爷|大妈|大娘|大叔|大婶|大姐|大哥|大嫂|奶奶|爷爷|伯伯|婶子|嫂子|老汉|老太|师父|姐|哥|嫂|叔|婶|姨|某某|某"
)
_AFTER = (
    r"(?=[，。,;；、:：!！?？\s（(）)〔“”\"]|$|家|的|与|和|跟|同|对|向|给|将|把|被|由|在|于|因|说|称|反映|来|电话|住|系|已|未|愿|"
    r"应|须|自|承诺|同意|支付|赔|退|返|还|赡养|当|认|表示|不|再|每|负|今|之|等|及|去|签|将|一次|分|道歉|致歉)"
)
_INTRODUCED = (
    "我叫|我是|本人|姓名|名叫|联系人|被?申请人|当事人|户主|举报人|来访人|信访人|反映人|甲方|乙方|丙方|原告|被告|业主|村民|居民"
    "|住户|工人|民工|司机|车主|老板|房东|租户|房主|邻居|患者|家属|学生|老人|妻子|丈夫|儿子|女儿|父亲|母亲|哥哥|弟弟|姐姐"
    "|妹妹|儿媳|女婿|婆婆|公公|岳父|岳母|网格员|调解员|承办人|民警|经办人|负责人|包工头|店主|摊主|商户|双方|与|和|及|向|由|经|给|对"
)  # fmt: skip
# After these a name stands even where nothing after it tells its end.
_ALWAYS = (
    "我叫|名叫|联系人|户主|村民|居民|住户|工人|民工|司机|车主|房东|租户|邻居|患者|学生|网格员|调解员|民警"
    "|包工头|店主|摊主"
)
_HAN = r"[\u4e00-\u9fff]"
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ＠．－\u3000\u00a0①-⑳]+")
# What people write between the signs of a name or number.
_BETWEEN = re.compile(r"[\s·.\-]")
_UNSEEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]")
_DIGIT = "[0-9零〇一二三四五六七八九两幺]"

_PLATES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_DATES = [
    "(?:[0-9]{2,4}年)?[0-9]{1,2}月[0-9]{1,2}[日号]?",
    "[0-9]{4}年(?:[0-9]{1,2}月)?",
    "(?<![0-9])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])",
]
_IN_A_BUILDING = "号楼|栋|幢|座|单元|号院|弄|室|组|队|社|户|巷|号门?面?"
_COUNT = r"[0-9a-zA-Z一二三四五六七八九十\-]+"
_FIRMS = (
    "有限责任公司|股份有限公司|有限公司|分公司|公司|合作社|事务所|工作室|经营部|养殖场|加工厂|工厂|饭店|酒店|宾馆"
    "|餐厅|餐馆|火锅店|超市|药店|药房|理发店|美容院|幼儿园|小学|中学|学校|医院|诊所|卫生院|驾校|旅行社|健身房|(?<!快递)驿站"
    "|(?<!自)修理厂|商店|商行|便利店"
)
_PLACES = (
    "省|自治区|自治州|市(?!场|民|容|政|价)|县|(?<!辖)区(?!域|别|分|间)|乡|镇|街道|社区|村(?!民|务|干|委|规|支)|小区|花园"
    "|家园|公寓|大道|大街|(?<!机耕)路(?!灯|面|口|人|边|跳|由|线|况|基|段|费)|胡同"
)
_SHAPES: list[tuple[str, str]] = [
    (r"https?://[\x21-\x7e]+|www\.[\x21-\x7e]+", NUMBER),
    (r"[A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+", NUMBER),
    (r"(?:微信|QQ|wechat|vx|抖音|快手)号?[:： ]*[A-Za-z0-9_-]{4,}", NUMBER),
    (rf"[{_PLATES}]\s?[A-Z][·.\s]?[A-Z0-9*]{{5,6}}", NUMBER),
    # Before numbers: a day is one, too.
    ("|".join(_DATES), DAY),
    (r"(?<![0-9])[0-9](?:[\s\-.]?[0-9xX*]){6,}", NUMBER),
    (rf"(?<!{_DIGIT}){_DIGIT}(?:[\s\-]?{_DIGIT}){{6,}}", NUMBER),
    (r"[A-Z]{1,3}[0-9]{5,}", NUMBER),
    (rf"[（(〔\[]?[0-9]{{4}}[）)〕\]]?{_HAN}[\u4e00-\u9fff0-9]{{0,8}}字?第[0-9]+号", NUMBER),
    (rf"{_HAN}{{0,8}}?(?:{_COUNT}(?:{_IN_A_BUILDING}))+(?:{_COUNT}(?:单元|号|室|楼|层|户)?)*", WHERE),
    (rf"{_HAN}{{2,12}}?(?:{_FIRMS})", FIRM),
    (rf"{_HAN}{{2,8}}?(?:{_PLACES})", WHERE),
]  # fmt: skip
_READ_SHAPES = [(re.compile(shape, re.IGNORECASE), sign) for shape, sign in _SHAPES]
_NAMES = [
    re.compile(rf"(?:(?<={_HAN})|(?<!{_HAN})){_SURNAME}{_HAN}{{0,2}}?(?:{_CALLED})"),
    re.compile(rf"(?:老|小|阿|大)[{_ONE}](?!{_HAN})|(?:老|小)[{_ONE}](?=家|的|和|与|说|称|反映|给|向|将|把)"),
    re.compile(rf"({_INTRODUCED})([:：]?\s?)({_SURNAME}(?:{_HAN}|[某×xX*○])(?:{_HAN}|[某×xX*○])?){_AFTER}"),
    re.compile(rf"({_INTRODUCED})([:：]?\s?)({_SURNAME}(?:[某×xX*○]{{1,2}}))"),
    re.compile(rf"({_ALWAYS})([:：]?\s?)({_SURNAME}{_HAN}{{1,2}})"),
    re.compile(rf"{_SURNAME}[某×*○]{{1,2}}[甲乙丙丁]?"),
    re.compile(rf"(?<![\u4e00-\u9fff])({_SURNAME}{_HAN}{{1,2}}){_AFTER}"),
    re.compile(rf"({_SURNAME}{_HAN}{{1,2}})(?=[（(](?:男|女|身份证|电话|〔))"),
    re.compile(r"(?:我叫|我是|名叫|姓名[:：]?)[A-Za-z][A-Za-z .·]{1,30}"),
]  # fmt: skip
# Words that begin with what is also a surname.
_COMMON = frozenset(Path(__file__).with_name("common_words.txt").read_text("utf-8").split())


class _Known(NamedTuple):
    """A word to take out of a text, and what to leave there.

    ``must_be_in`` is what the text must hold for it, without what may stand between its signs: to
    make an expression costs more than all the rest. It is empty for signs that know upper and lower
    case: the expression takes more of them for the same than any plain comparison.
    """

    word: str
    must_be_in: str
    sign: str


def masked(text: str, people: Iterable[str] = (), places: Iterable[str] = ()) -> str:
    """Return ``text`` without personal data.

    ``people`` are names, phones and addresses the case knows; ``places`` its place and areas.
    """
    return mask_of(people, places)(text)


def mask_of(people: Iterable[str], places: Iterable[str]) -> Callable[[str], str]:
    """Return what masks any text of one case, see :func:`masked`."""
    known = [*_known(people, WHO), *_known(places, WHERE)]
    return partial(_masked, known=known)


def _masked(text: str, known: Iterable[_Known]) -> str:
    text = _WIDE.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = _without(_UNSEEN.sub("", text), known)
    for shape, sign in _READ_SHAPES:
        text = shape.sub(sign, text)
    for shape in _NAMES:
        text = shape.sub(_hidden, text)
    return re.sub(r"(〔[^〕]+〕)(?:[\s,，、]*\1)+", r"\1", text).strip()


def _known(words: Iterable[str], sign: str) -> Iterator[_Known]:
    """Yield what to take out for ``words``, the longest first."""
    signs = {_signs(unicodedata.normalize("NFKC", word).strip()) for word in words}
    for word in sorted(signs, key=lambda word: (-len(word), word)):
        if len(word) > 1:
            bare = _BETWEEN.sub("", word)
            yield _Known(word, bare if bare.lower() == bare.upper() else "", sign)


def _signs(word: str) -> str:
    """Return a word without what may be left out of it; “3-2” is not 32."""
    signs = _BETWEEN.sub("", word)
    return word if signs.isdigit() else signs


def _without(text: str, known: Iterable[_Known]) -> str:
    bare = _BETWEEN.sub("", text)
    for word, must_be_in, sign in known:
        if must_be_in in bare:
            # Also when it was written with blanks or dots between its signs.
            text = re.sub(f"{_BETWEEN.pattern}*".join(map(re.escape, word)), sign, text, flags=re.I)
            bare = _BETWEEN.sub("", text)
    return text


def _hidden(found: re.Match[str]) -> str:
    if found.lastindex == 3:
        return found.group(0) if _usual(found.group(3)) else found.group(1) + found.group(2) + WHO
    name = found.group(1) if found.lastindex == 1 else found.group(0)
    return found.group(0) if _usual(name) else WHO


def _usual(name: str) -> bool:
    return name in _COMMON or name[:2] in _COMMON
