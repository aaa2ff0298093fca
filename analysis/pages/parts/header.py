"""What the header of every page says: headline, sentences and what is withheld, by language."""

from typing import Any

from analysis.pages.parts.sentences import Sentences
from analysis.pages.words.cells import LANGUAGES, Both, text


def header_fields(sentences: Sentences, withheld: tuple[Both, ...]) -> dict[str, Any]:
    """Return headline, sentences and what is withheld in the fields of a record, by language."""
    fields: dict[str, Any] = {}
    for lang, suffix in zip(LANGUAGES, ("", "_zh"), strict=True):
        fields[f"headline{suffix}"] = sentences.plain(lang)[0]
        fields[f"sentences{suffix}"] = sentences.plain(lang)
        fields[f"withheld{suffix}"] = tuple(text(item, lang) for item in withheld)
    return fields
