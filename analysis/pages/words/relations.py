"""How a figure stands to the amount it is about: over, under, about it; in our words and in a publication's own."""

import re

#: Relations of the ledger, in English before a number and in Chinese. `most` and `least` are only in
#: publications' own words.
RELATIONS = {
    "gt": ("over ", "超过"),
    "lt": ("under ", "不到"),
    "approx": ("about ", "约"),
    "milestone": ("passed ", "达到"),
    "most": ("up to ", "至多"),
    "least": ("at least ", "至少"),
}

#: What in a publication's own words says a relation; the first that is found counts.
_SIGNS = {
    "most": r"\bup to\b|\bat most\b|\bno more than\b|不超过|最多|至多|最高可达|\bдо\b",
    "least": r"\bat least\b|至少|\bне менее\b",
    "lt": r"\bunder\b|\bless than\b|\bbelow\b|不到|不足|以内|以下",
    "gt": r"\bover\b|\bmore than\b|\bexceed|\bsurpass|超|突破|余|余り|多|逾|以上|\bболее\b|\bсвыше\b|"
    r"\bmehr als\b|\büber\b|\bortiq\b",
    "approx": r"\babout\b|\broughly\b|\baround\b|\bapproximately\b|\bnearly\b|\balmost\b|近|约|約|左右|\bоколо\b|"
    r"\bпорядка\b|\bпочти\b|\bпримерно\b",
}  # fmt: skip
_PATTERNS = {relation: re.compile(pattern, re.IGNORECASE) for relation, pattern in _SIGNS.items()}


def relation_in_words(printed: str) -> str:
    """Return the relation that a publication's own words carry: `approx` of `10%左右`; empty where they carry none."""
    return next((relation for relation, pattern in _PATTERNS.items() if pattern.search(printed)), "")
