"""Why a figure of a bulletin gave no row, what lowers the rating of one, and what the ledger says of it."""

from analysis.pages.words.cells import Both
from analysis.sources.bulletins.confidence import DOUBTS
from analysis.sources.bulletins.proposals import CONTRADICTS, KNOWN, NEW, REPRINT
from analysis.sources.bulletins.rows import Why

#: Each reason in the words after "gave no row".
WHY = {
    Why.NO_PLACE: Both("no place is named", "没有写明地点"),
    Why.SEVERAL_PLACES: Both("it is of several places together", "是几个地方的合计"),
    Why.SEVERAL_PARTNERS: Both("it is of several partners together", "是几个伙伴的合计"),
    Why.NO_PARTNER: Both("the partner is not named", "没有写明伙伴"),
    Why.NO_PERIOD: Both("no period is named", "没有写明时期"),
    Why.NO_SUBJECT: Both("what it counts is not known", "不清楚所计的是什么"),
    Why.NO_COMPARISON: Both("it is neither growth nor a share", "既不是增速也不是比重"),
    Why.OTHER_BASE: Both("it compares with a base that the ledger does not keep", "比较的基期不在账本的口径之内"),
    Why.OTHER_WHOLE: Both("it is a share of what the ledger does not know", "是账本没有的总量的比重"),
    Why.OTHER_CURRENCY: Both("it is in a currency that the ledger does not keep", "币种不在账本的口径之内"),
    Why.CONVERTED: Both("it is the same amount in another currency", "是同一金额折成的另一币种"),
    Why.DIFFERENCE: Both("it is a difference", "是增减量"),
    Why.BEGINNING: Both("a change began there, and no word says when", "是变化的起点，没有写明时间"),
    Why.MILESTONE: Both("it is the round number that an exact figure passed", "是已被准确数字超过的整数"),
    Why.SINCE_OPENING: Both("it adds up since an opening whose day is not told", "是开通以来的累计，没有写明开通日期"),
    Why.FUTURE: Both("its period ends after the publication", "时期在发布之后才结束"),
    Why.NO_FLOW: Both("it is no flow, stock or share of a ledger", "不是账本所记的流量、存量或比重"),
    Why.UNSURE: Both("too little of the row stands in its sentence", "该行的内容大多不在这句话里"),
    Why.REPEATED: Both("the text said so before", "前文已有"),
    Why.REFUSED: Both("the rules of the ledger refuse it", "不符合账本的规则"),
}

_PARTS = {"places": Both("place", "地点"), "span": Both("period", "时期"), "subject": Both("subject", "所计的对象")}
_SOURCES = {
    "text": Both("an earlier sentence", "前面的句子"),
    "title": Both("the title", "标题"),
    "publisher": Both("the publisher", "发布者"),
    "sentence": Both("the sentence", "本句"),
}

#: What was found elsewhere than in the sentence of a figure.
DOUBT = {
    code: Both(f"{_PARTS[part].en} from {_SOURCES[source].en}", f"{_PARTS[part].zh}取自{_SOURCES[source].zh}")
    for code in DOUBTS
    for part, _, source in [code.partition(" from ")]
}

LEDGER = {
    NEW: Both("new", "新"),
    REPRINT: Both("a reprint", "转载"),
    KNOWN: Both("in the ledger already", "账本已有"),
    CONTRADICTS: Both("against the ledger", "与账本矛盾"),
}
