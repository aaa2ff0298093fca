"""The encoding of a text file: Unicode, GB18030 where that gives Chinese, and a question in every other case.

Nearly any bytes can be read as GB18030, so that a name in Latin-1, Cyrillic, Big5 or Korean would come out as other
characters without a word. GB18030 is therefore taken only where what it gives is Chinese by its characters, or by a
second opinion (charset-normalizer).
"""

import codecs
import re

from analysis.core.errors import InputError

#: Marks at the start of a file, and the encodings that read the text after them.
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}

#: The most frequent characters of the statements and registers that Silkport carries, and those of the names of
#: China's border ports and large harbours.
_FREQUENT = frozenset(
    "元万亿口吨年日月疆开新岸人货放通业中出辆次路个国值关产车列公行援运进时节尔克资至区阿方数工恢复天美比"
    "闭目能斯增一为项的占拉物网境重里设力特民金什总億铁投山转哈小商量建多园企道入旅客边报和期载每明华社单"
    "全计平常第类加三巴乌生对未经速品地额起苏因坦庆向施定季贸约正塔输过装吉市间果霍图家式临疫二注科后分以"
    "上动前只城自规仍县班部划合集州据接线大交成在程批易安近汽均高由外有查发长周流用治布性六实十恰镜像春机"
    "箱提收情准改份农首济水别米作际电居基版文亚检陆当奇扎之冬政蒙气排试闻验木同签其伊超喀理称站欧停往受限"
    "条推议消侧古府海预两迁下南百较台石本千积余德到管止午端河防协迈盖迭双然腾丝启原就旦勒带吐鲁面零础招办"
    "扩萨云红央精桥秋缩短快致努绕备达化与始团现制心址四五卡密煤肯镇尕航族齐户語華倍八位学模营引厂底油候视"
    "联也厅务根强可此兹将拔展并都维智来院劳阔买造滞留局爷庙老九七榴帕空匠北保税昆技網已累融直突破個销点率"
    "绥芬满洲连浩友谊磨憨东兴瑞丽凭祥珲丹黑策甘毛普兰隆樟孟冲打洛广深圳宁波津青岛厦门甫乃孜柯署"
)

#: Share of a file's different characters beyond ASCII that has to be frequent, so that GB18030 is believed at once.
#: Names in other encodings reach a third, bulletins and names of ports in GB18030 two thirds and more.
_FREQUENT_SHARE = 0.6

#: The same share in GB 2312, the set of simplified characters, below which no second opinion is asked for.
_SIMPLIFIED_SHARE = 0.9

#: Different lines beyond ASCII that are looked at: enough for any text, and a large file is not read twice.
_LINES = 500

#: Encodings that tables of this field come in, and how many of them a sentence names.
_USUAL, _NAMED = ("gb18030", "big5", "cp949", "cp1251", "cp1252", "shift_jis", "euc_jp", "cp1254", "cp1250"), 4


def encoding_of(path: object, raw: bytes, *, given: str | None = None, error: type[InputError] = InputError) -> str:
    """Return the encoding of the content of a file.

    Parameters
    ----------
    path
        The file, for sentences.
    raw
        Its content.
    given
        The encoding that the user named, which is believed if it reads the content.

    Returns
    -------
    str
        `utf-8-sig` (with or without a mark), `utf-16` (with a mark), `gb18030`, or the one given.

    Raises
    ------
    InputError
        If the encoding given does not read the content, or none is given and it is not plain.
    """
    if given is not None:
        if _reads(raw, given):
            return given
        raise error(f"{path} is no text in {given}. Name another encoding with --encoding, or save it as CSV UTF-8.")
    marked = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), "utf-8-sig")
    if _reads(raw, marked) and "\0" not in raw.decode(marked):
        return marked
    if marked == "utf-8-sig" and b"\0" not in raw and _is_chinese(raw):
        return "gb18030"
    raise error(
        f"{path} is neither UTF-8, nor UTF-16 with its mark, nor plausible Chinese in GB18030. It may be "
        f"{_likely(raw)}. Name the right encoding with --encoding, or save the file again as CSV UTF-8."
    )


def _reads(raw: bytes, name: str) -> bool:
    """Return whether an encoding reads all of a content."""
    try:
        raw.decode(name)
    except UnicodeError:
        return False
    return True


def _is_chinese(raw: bytes) -> bool:
    """Return whether a content, read as GB18030, is plausible Chinese."""
    if not _reads(raw, "gb18030"):
        return False
    sample = _telling_lines(raw)
    characters = {each for each in sample.decode("gb18030") if each.isalpha() and not each.isascii()}
    if not characters:
        # Only signs, such as a full-width comma: those of GB 2312 are Chinese punctuation.
        return _reads(sample, "gb2312")
    if len(characters & _FREQUENT) >= _FREQUENT_SHARE * len(characters):
        return True
    simplified = sum(_is_simplified(each) for each in characters)
    return simplified >= _SIMPLIFIED_SHARE * len(characters) and _is_likeliest("gb18030", sample)


def _is_simplified(character: str) -> bool:
    """Return whether a character belongs to GB 2312."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _telling_lines(raw: bytes) -> bytes:
    """Return the first different lines that hold more than ASCII."""
    return b"\n".join(list(dict.fromkeys(line for line in raw.splitlines() if not line.isascii()))[:_LINES])


def _is_likeliest(name: str, sample: bytes) -> bool:
    """Return whether the second opinion on a sample is this encoding."""
    # Imported here because nearly every file is UTF-8.
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best is not None and best.encoding == name


def _likely(raw: bytes) -> str:
    """Return the likely encodings of a content, each with what its first word beyond ASCII would be."""
    from charset_normalizer import from_bytes

    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    zeros = [raw[start:2000:2].count(0) for start in (0, 1)]
    if max(zeros) > min(len(raw), 2000) / 8 and max(zeros) > 4 * min(zeros):
        return f"{'utf-16-le' if zeros[1] > zeros[0] else 'utf-16-be'} without its mark"
    if any(zeros):
        return "no text at all"
    sample = _telling_lines(raw)
    matches = from_bytes(sample, cp_isolation=list(_USUAL))
    by_opinion = [name for match in matches for name in match.could_be_from_charset if name in _USUAL]
    words = {name: _first_word(sample, name) for name in dict.fromkeys([*by_opinion, *_USUAL])}
    named = [f"{name} ({word!r})" for name, word in words.items() if word][:_NAMED]
    return ", ".join(named) or "in an unusual encoding"


def _first_word(sample: bytes, name: str) -> str:
    """Return the first word beyond ASCII as an encoding reads it; nothing if that is no word."""
    if not _reads(sample, name):
        return ""
    words = re.findall(r"[^\s,;|\"]+", sample.decode(name))
    first = next((word for word in words if not word.isascii()), "")
    return first if all(each.isascii() or each.isalpha() for each in first) else ""
