"""The roster's template (下载模板): the headings an import reads, one example, ids and phones as text."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

COLUMNS = (
    ("村民小组", 12, "1组"),
    ("湾", 14, "示例湾"),
    ("户编号", 14, "0101001"),
    ("户主姓名", 14, "王示例"),
    ("家庭人口", 10, "4"),
    ("联系电话", 18, "19900000000"),
    ("门牌", 16, ""),
    ("备注", 20, "独居老人"),
)
NOTES = (
    "一户一行;第 2 行是例子,填的时候删掉。",
    "每个村一张工作表,工作表的名字写村名;只导入一个村时名字不限。",
    "户编号和电话已设成文本,不会丢开头的 0。没有电话就空着。",
    "备注里写 独居老人、残疾、重病、留守儿童 的,会列入照顾名单待确认;写 空置、常年在外 的,记为没人住。备注本身不保存。",
    "不要填身份证号:填了也不读取、不保存。",
)


def template(village: str) -> bytes:
    """The template for a village's roster as xlsx."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    text, head = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    sheet = book.add_worksheet((village or "村名")[:31])
    for column, (name, width, example) in enumerate(COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, name, head)
        if example.isdigit() and name == "家庭人口":
            sheet.write_number(1, column, int(example))
        else:
            sheet.write_string(1, column, example, text)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    notes = book.add_worksheet("填写说明")
    notes.set_column(0, 0, 90)
    for row, note in enumerate(NOTES):
        notes.write_string(row, 0, note)
    book.close()
    return out.getvalue()
