"""One spelling for all: signs, digits, traditional characters and stray spaces, with the way back to the original."""

# Annotations are real objects here: NamedTuple would compile each one given as a string, 30 µs a field.
from typing import NamedTuple

from planner.dates.numerals import DIGITS

_QUOTES = "“”‘’「」『』\"'＂＇〝〞﹁﹂`´"
_DASHES = "－–—―−‐‑─﹣~～〜∼"
_DOTS = "•・‧∙⋅﹒"
_BRACKETS = ("（【〔［﹙〖", "）】〕］﹚〗")
# Traditional characters of time words and of the words a rule looks at.
_TRADITIONAL = (
    "農农曆历陰阴節节後后週周號号點点時时間间開开學学當当從从個个歲岁與与來来際际國国慶庆勞劳動动婦妇兒儿樹树護护記记憲宪"
    "讀读書书環环軍军黨党雙双單单隨随擇择適适陽阳臘腊遲迟於于兩两幾几禮礼連连級级屆届隔隔內内擬拟據据條条備备預预試试賽赛"
    "會会議议運运結结畢毕業业勝胜終终為为進进應应況况視视鄰邻臨临傳传統统組组織织舉举辦办義义務务園园場场廣广橋桥鎮镇鄉乡"
    "獎奖勳勋紅红標标幗帼鋒锋師师長长現现達达將将實实過过準准訓训檢检體体衛卫蘭兰歷历紀纪爾尔貧贫閏闰"
    "總总無无烟烟愛爱關关寫写證证測测評评閉闭滿满華华曉晓滅灭災灾減减類类機机親亲歡欢"
)
_SIGNS = (
    (_QUOTES, '"'),
    (_DASHES, "-"),
    (_DOTS, "·"),
    (_BRACKETS[0] + "[{", "("),
    (_BRACKETS[1] + "]}", ")"),
    ("○◯零", "〇"),
    ("\u3000", " "),
    ("､", "、"),
)
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_WIDE = "".join(map(chr, range(0xFF01, 0xFF5F)))
# Later pairs win: a full-width quote or bracket is read as its kind, not as its narrow twin.
_TABLE = str.maketrans(
    _WIDE + _TRADITIONAL[::2] + "".join(old for old, _ in _SIGNS),
    _ASCII + _TRADITIONAL[1::2] + "".join(new * len(old) for old, new in _SIGNS),
)


class Normalized(NamedTuple):
    """`text` in one spelling; `offsets[k]` is where its k-th character stood; `quoted` where a quote stood before."""

    text: str
    offsets: list[int]
    quoted: frozenset[int]
    line_starts: frozenset[int]


def _compatible(text: str) -> str:
    """Rare signs (⽉ ㈠ ①) by Unicode's own compatibility table, where that is one character."""
    from unicodedata import normalize  # a shared library, and seldom needed

    def plain(char: str) -> str:
        folded = normalize("NFKC", char)
        return folded if len(folded) == 1 else char

    return "".join(plain(c) if "⺀" <= c < "\u3000" or "\u3200" <= c < "\u3400" or c > "豈" else c for c in text)


def normalized(text: str) -> Normalized:
    """Read `text` as the resolver does: without quotes and spaces, one sign for each meaning.

    A space stays between two digits (they are two numbers), a line break before an item number.
    """
    plain = text.translate(_TABLE)
    if len(plain) != len(text):  # no entry of the table changes the length; be sure
        plain = text
    if not plain.isascii() and (max(plain) > "鿿" or any("⺀" <= c < "\u3000" or "㈀" <= c < "㐀" for c in plain)):
        plain = _compatible(plain)
    if plain.isalnum() and not _has_letter_o(plain):
        return Normalized(plain, list(range(len(plain))), frozenset(), frozenset((0,)))
    return _squeezed(plain)


def _has_letter_o(text: str) -> bool:
    return "O" in text or "o" in text


def _squeezed(plain: str) -> Normalized:
    kept: list[str] = []
    offsets: list[int] = []
    quoted: set[int] = set()
    lines: set[int] = {0}
    last = ""
    for index, char in enumerate(plain):
        if char == '"':
            quoted.add(len(kept))
            continue
        if char.isspace():
            if char in "\n\r\v\f":
                lines.add(len(kept))
            char = _kept_space(plain, index, last)
        elif char in "Oo":
            char = _zero_or_letter(char, last)
        if not char or (char == last and char in " -\n"):
            continue
        kept.append(char)
        offsets.append(index)
        last = char
    return Normalized("".join(kept), offsets, frozenset(quoted), frozenset(lines))


def _kept_space(plain: str, index: int, last: str) -> str:
    """What remains of a space: a break between two digits or after an item number, nothing elsewhere."""
    following = plain[index + 1 : index + 2]
    if last.isdigit() and following.isdigit() and last.isascii() and following.isascii():
        return "" if _split_number(plain, index) else " "
    if last and last in ".)" and following.isdigit() and _closes_item_number(plain, index):
        return "\n"
    if plain[index] in "\n\r" and _opens_item(plain[index + 1 : index + 9].lstrip()):
        return "\n"
    return ""


def _split_number(plain: str, index: int) -> bool:
    """Whether the space parts the figures of one number: 1 0 月, 2 8 日."""
    before, after = plain[max(0, index - 2) : index], plain[index + 1 : index + 4]
    if before[:-1].isdigit() or not after[0].isdigit():
        return False
    unit = after[1:].lstrip()[:1]
    return (unit == "月" and before[-1] == "1" and after[0] in "012") or (unit == "日" and before[-1] in "123")


def _closes_item_number(plain: str, index: int) -> bool:
    """Whether `plain` before `index` is `2.` at the start of a line."""
    head = plain[max(0, index - 5) : index].rpartition("\n")[2]
    return head[:-1].strip().isdigit() and (index <= 4 or "\n" in plain[index - 5 : index])


def _opens_item(line: str) -> bool:
    """Whether a line begins with an item number (`2.` `12、`)."""
    return line[:1].isdigit() and line[1:].lstrip("0123456789")[:1] in tuple(".、),")


def _zero_or_letter(char: str, last: str) -> str:
    """The letter O typed for a zero inside a year (二OO五, 2O23)."""
    if last in DIGITS:
        return "〇"
    return "0" if last.isdigit() else char
