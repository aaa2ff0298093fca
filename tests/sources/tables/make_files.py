"""Write the tables under `files/`: invented figures in the layouts of official tables, for tests only.

Run as `python -m tests.sources.tables.make_files`; the files are kept, so that a test reads what a user would.
"""

import datetime as dt
from pathlib import Path

import xlsxwriter

FILES = Path(__file__).with_name("files")
THIN, HARD = "\u2009", "\u00a0"


def _book(name: str, **options: object):
    book = xlsxwriter.Workbook(FILES / name, options)
    book.set_properties({"created": dt.datetime(2000, 1, 1), "comments": "Invented figures, for tests only"})
    return book


def ports_month() -> None:
    """Write ports down, month and span since January across, each with growth, under two rows of merged headers."""
    with _book("ports_month.xlsx") as book:
        sheet = book.add_worksheet("口岸")
        one = book.add_format({"num_format": "0.0"})
        sheet.merge_range("A1:E1", "2023年10月新疆主要口岸货运量情况表（虚构，仅供测试）")
        sheet.write("E2", "单位：万吨、%")
        sheet.merge_range("A3:A4", "口岸名称")
        sheet.merge_range("B3:C3", "10月")
        sheet.merge_range("D3:E3", "1-10月累计")
        for column, word in enumerate(("货运量", "同比±%", "货运量", "同比±%"), start=1):
            sheet.write(3, column, word)
        rows = [
            ("合  计", 250.5, 12.3, 2310.4, 8.1),
            ("霍尔果斯口岸", 120.0, 15.2, 1105.3, 9.4),
            ("阿拉山口口岸", 118.2, 9.0, 1112.0, -1.5),
            ("伊尔克什坦口岸", 12.3, "-", 93.1, 152.1),
        ]
        for number, row in enumerate(rows, start=4):
            sheet.write(number, 0, row[0])
            for column, cell in enumerate(row[1:], start=1):
                sheet.write(number, column, cell, one)
        sheet.merge_range("A9:E9", "注：本表数据均为虚构。1. 货运量含过境货物。")


def gate_gb18030() -> None:
    """Write one port by month in GB18030: January and February together, the month beside the span since January."""
    lines = [
        "伊尔克什坦口岸2023年货运量（虚构，仅供测试）,,,",
        ",,,单位：万吨",
        "月份,货运量,,",
        ",当月,累计,累计同比（%）",
        "1-2月,11.2,11.2,85.3",
        "3月,8.4,19.6,70.2",
        "4月,9.05,28.65,66",
        "5月,10.0,38.7,60.1",
        "资料来源：虚构,,,",
    ]
    # A suffix of its own: texts of the repository are UTF-8.
    (FILES / "gate.gb18030").write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))


def trade_by_country() -> None:
    """Write trade of Xinjiang by country in 亿元: three directions, month and span, a total and a part of it."""
    with _book("trade_by_country.xlsx") as book:
        sheet = book.add_worksheet("Sheet1")
        hidden = book.add_worksheet("旧表")
        hidden.write("A1", "2022")
        hidden.hide()
        sheet.merge_range("A1:G1", "2024年3月新疆进出口商品国别（地区）总值表（虚构，仅供测试）")
        sheet.write("A2", "人民币值：亿元")
        sheet.merge_range("A3:A4", "国别（地区）")
        for first, last, word in (("B3", "C3", "进出口"), ("D3", "E3", "出口"), ("F3", "G3", "进口")):
            sheet.merge_range(f"{first}:{last}", word)
        for column in (1, 3, 5):
            sheet.write(3, column, "3月")
            sheet.write(3, column + 1, "1至3月")
        rows = [
            ("总值", 330.5, 920.1, 270.25, 760, 60.25, 160.1),
            ("哈萨克斯坦", 150.1, 410.9, 110, 300.4, 40.1, 110.5),
            ("其中：吉尔吉斯斯坦", 80.75, "…", 79.5, 215.2, 1.25, "…"),
        ]
        for number, row in enumerate(rows, start=4):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)


def kyrgyz_trade() -> None:
    """Write trade of Kyrgyzstan with China by month across, decimal commas and thin spaces, semicolons between."""
    lines = [
        "Внешняя торговля Кыргызской Республики с Китаем (вымышлено, только для проверки);;;;",
        "млн. долларов США;;;;",
        ";2023 г.;;;",
        ";январь;февраль;март;январь-март",
        f"Товарооборот;301,5;350,25;1{THIN}102,4;1{THIN}754,15",
        "в том числе:;;;;",
        "экспорт;5,5;6,25;7,4;19,15",
        f"импорт;296,0;344,0;1{THIN}095,0;1{THIN}735,0",
    ]
    (FILES / "kyrgyz_trade.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def uzbek_trade() -> None:
    """Write trade of Uzbekistan as text with hard spaces: only spans since January, years down."""
    with _book("uzbek_trade.xlsx", strings_to_numbers=False) as book:
        sheet = book.add_worksheet("1")
        sheet.write("A1", "O‘zbekiston Respublikasining Xitoy bilan tashqi savdo aylanmasi (to‘qima, sinov uchun)")
        sheet.write("A2", "mln. AQSH dollari")
        rows = [
            ("", "yanvar", "yanvar-fevral", "yanvar-mart", "yanvar-aprel"),
            ("2022-yil", "610,2", f"1{HARD}300,5", f"2{HARD}010,0", f"2{HARD}700,1"),
            ("2023-yil", "720,4", f"1{HARD}450,9", f"2{HARD}230,7", "…"),
        ]
        for number, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)


def kazakh_freight() -> None:
    """Write rail freight of two crossings: years merged over months, rows of crossings, thousand tonnes."""
    with _book("kazakh_freight.xlsx") as book:
        sheet = book.add_worksheet("Перевозки")
        sheet.merge_range("A1:E1", "Объем перевозки грузов железнодорожным транспортом (вымышлено), тыс. тонн")
        sheet.merge_range("A2:A3", "Наименование пункта пропуска")
        sheet.merge_range("B2:C2", "2022 год")
        sheet.merge_range("D2:E2", "2023 год")
        for column, word in enumerate(("ноябрь", "декабрь", "январь", "февраль"), start=1):
            sheet.write(2, column, word)
        for number, row in enumerate(
            (("А", 1, 2, 3, 4), ("Достык", 1010.5, 1100, 990.2, 870), ("Хоргос", 700, 720.4, 650, 640.1)), start=3
        ):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        sheet.write("A8", "Примечание: данные вымышлены.")


def english_dates() -> None:
    """Write months as days of a workbook that counts from 1904, growth as percent cells, a year's total below."""
    with _book("english_dates.xlsx", date_1904=True) as book:
        sheet = book.add_worksheet("Trade")
        month = book.add_format({"num_format": "mmm-yy"})
        percent = book.add_format({"num_format": "0.0%"})
        money = book.add_format({"num_format": "#,##0.0"})
        sheet.write("A1", "Torugart: value of trade (invented, for tests), US$ million")
        for column, word in enumerate(("Month", "Exports", "Year-on-year", "Imports", "Year-on-year")):
            sheet.write(2, column, word)
        for number, row in enumerate(
            ((1, 101.25, 0.123, 1250, -0.05), (2, 99, 0.1, 1300.5, 0.02), (3, 110, 0.2, 1199, 0))
        ):
            sheet.write_datetime(3 + number, 0, dt.datetime(2023, row[0], 1), month)
            for column, cell in enumerate(row[1:], start=1):
                sheet.write(3 + number, column, cell, percent if column in (2, 4) else money)
        sheet.write("A7", "Total")
        sheet.write("B7", 310.25)
        sheet.write("D7", 3749.5)


def goods_units() -> None:
    """Write goods with a column of units, a numbered first column, and year over months."""
    with _book("goods_units.xlsx") as book:
        sheet = book.add_worksheet("商品")
        sheet.write("A1", "霍尔果斯口岸主要进口商品（虚构，仅供测试）")
        sheet.write_row("A2", ["序号", "商品名称", "计量单位", "2023年", "", ""])
        sheet.write_row("A3", ["", "", "", "1-2月", "3月", "4月"])
        sheet.write_row("A4", [1, "煤炭", "万吨", 20.5, 11.1, 12])
        sheet.write_row("A5", [2, "铁矿砂", "吨", 15000, 8200, 7900])
        sheet.write_row("A6", [3, "水果", "万元", 3300, 1500.5, "-"])


def trucks_tsv() -> None:
    """Write trucks of two ports with a column of years that stands once, and numbered footnotes."""
    lines = [
        "货车通关量（虚构，仅供测试）\t\t\t",
        "年份\t月份\t伊尔克什坦口岸（辆次）\t吐尔尕特口岸（辆次）",
        "2023\t11\t3,450\t2,210*",
        "\t12\t3,600①\t2,105",
        "2024\t1\t3,120\t1,980",
        "\t2\t2,870\t—",
        "* 初步数。\t\t\t",
    ]
    (FILES / "trucks.tsv").write_text("\n".join(lines) + "\n", encoding="utf-16")


def travellers_sections() -> None:
    """Write travellers with rows of sections over ports: entries, then exits; the same period a year before beside."""
    with _book("travellers.xlsx") as book:
        sheet = book.add_worksheet("旅客")
        sheet.merge_range("A1:C1", "2024年1-5月口岸出入境旅客（虚构，仅供测试）")
        sheet.merge_range("A2:C2", "计量单位：万人次")
        sheet.write_row("A3", ["口岸", "本年累计", "上年同期"])
        sheet.write("A4", "一、入境")
        sheet.write_row("A5", ["霍尔果斯", 150.2, 90.1])
        sheet.write_row("A6", ["红其拉甫", 1.25, 0.8])
        sheet.write("A7", "二、出境")
        sheet.write_row("A8", ["霍尔果斯", 149.8, 91])
        sheet.write_row("A9", ["红其拉甫", 1.3, 0.75])


MAKERS = (
    ports_month, gate_gb18030, trade_by_country, kyrgyz_trade, uzbek_trade, kazakh_freight, english_dates, goods_units,
    trucks_tsv, travellers_sections,
)  # fmt: skip

if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for make in MAKERS:
        make()
