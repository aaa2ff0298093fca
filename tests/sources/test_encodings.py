"""Encodings of tables: read where they are plain, asked for where they are not, never guessed into other words."""

from pathlib import Path

import pytest

from analysis.core.errors import InputError, LedgerError
from analysis.sources import ledger, panels
from analysis.sources.encodings import encoding_of
from tests.sources.ledger.ledgers import HEADER, ROW

#: Names of border ports and words of bulletins.
_CHINESE = ("霍尔果斯", "吐尔尕特", "喀什", "卡拉苏", "红其拉甫", "绥芬河", "磨憨", "46.4万吨", "1-10月进出口货运量")

#: Names, and the encoding in which their country's programs save a table.
_OTHERS = [
    ("霍爾果斯", "big5"),
    ("高雄港", "big5"),
    ("호르고스", "cp949"),
    ("부산항", "cp949"),
    ("Хоргос", "cp1251"),
    ("Торугарт", "cp1251"),
    ("Québec", "cp1252"),
    ("Orléans, Besançon", "cp1252"),
    ("İstanbul", "cp1254"),
    ("Gdańsk", "cp1250"),
    ("東京", "shift_jis"),
    ("大阪", "euc_jp"),
]


def table(name: str) -> str:
    """Return a panel of one series."""
    rows = (f'"{name}",2021-{month:02}-01,{1000 + 7 * month}' for month in range(1, 13))
    return "\n".join(["unique_id,ds,y", *rows, ""])


@pytest.mark.parametrize("name", _CHINESE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_is_read_in_every_plain_encoding(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "panel.csv"
    path.write_bytes(table(name).encode(encoding))
    assert panels.read(path)["unique_id"].unique().to_list() == [name]


# pola-rs/polars#4363 and #18453, jakob/TableTool#26: names in these encodings pass as GBK and come out as others.
@pytest.mark.parametrize("name,encoding", _OTHERS)
def test_other_encodings_are_named_and_read_when_they_are_given(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "panel.csv"
    path.write_bytes(table(name).encode(encoding))
    with pytest.raises(InputError, match=f"panel.csv is neither UTF-8.*{encoding}.*--encoding"):
        panels.read(path)
    assert panels.read(path, encoding=encoding)["unique_id"].unique().to_list() == [name]


def test_utf_16_without_its_mark_is_named() -> None:
    with pytest.raises(InputError, match="utf-16-be without its mark"):
        encoding_of(Path("panel.csv"), table("Horgos").encode("utf-16-be"))


@pytest.mark.parametrize(
    "content,words", [(table("A").encode("utf-32"), "utf-32"), (bytes(range(256)), "no text at all")]
)
def test_what_is_no_text_of_bytes_is_named(content: bytes, words: str) -> None:
    with pytest.raises(InputError, match=f"It may be {words}"):
        encoding_of(Path("panel.csv"), content)


def test_an_encoding_that_does_not_read_the_file_is_refused() -> None:
    with pytest.raises(InputError, match=r"panel.csv is no text in utf-8"):
        encoding_of(Path("panel.csv"), "Хоргос 12".encode("cp1251"), given="utf-8")


def test_signs_alone_may_be_chinese() -> None:
    assert encoding_of(Path("f.csv"), "a,，。\n".encode("gb18030")) == "gb18030"


def statement(publisher: str) -> dict[str, str]:
    """Return the cells of one more statement."""
    days = {"period_start": "2023-01-01", "period_end": "2023-11-30", "published_on": "2023-12-30"}
    figure = {"value": "1160000", "unit": "1", "value_as_published": "1160000", "measure": "level", "relation": "eq"}
    return {"series_id": "port", "publisher": publisher, **days, **figure}


def test_a_row_is_added_in_the_encoding_of_the_ledger_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    before = f"{HEADER}\n{ROW}\n".replace("46.4万", "464000").replace("port", "Québec").encode("cp1252")
    path.write_bytes(before)
    with pytest.raises(LedgerError, match="--encoding"):
        ledger.append(path, statement("Journal"))
    with pytest.raises(LedgerError, match="is written in cp1252, which has no '日'"):
        ledger.append(path, statement("日报"), encoding="cp1252")
    assert path.read_bytes() == before
    ledger.append(path, statement("Journal de Montréal"), encoding="cp1252")
    assert ledger.read(path, encoding="cp1252")["publisher"].to_list()[-1] == "Journal de Montréal"


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_ledger_in_utf_16_grows_in_utf_16(tmp_path: Path, order: str) -> None:
    path = tmp_path / "ledger.csv"
    path.write_bytes(f"\ufeff{HEADER}\r\n{ROW}\r\n".encode(order))
    ledger.append(path, statement("日报"))
    assert path.read_bytes().decode("utf-16").count("\r\n") == 3
    assert ledger.read(path)["publisher"].to_list()[-1] == "日报"
