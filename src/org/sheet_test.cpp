// The sheet reader against files as spreadsheets write them. The archives are made here, part by
// part, so that each peculiarity stands in the test that is about it.
#include "org/sheet.h"

#include <gtest/gtest.h>
#include <zip.h>

#include <map>

#include "base/check.h"

namespace huilu::org::testing {

namespace {

// Cells as "A1=text", rows after one another.
std::string cells_of(const Result<Sheet>& sheet) {
  if (!sheet.ok()) {
    std::string text;
    for (const auto& refusal : sheet.refusals()) {
      text += std::string(kind_of(refusal.code).name) + " " + refusal.where + " ";
    }
    return text;
  }
  std::string text;
  for (const auto& row : sheet->rows) {
    for (const auto& cell : row.cells) {
      text += column_letters(cell.column) + std::to_string(row.number) + "=" + cell.text + " ";
    }
  }
  return text;
}

using Parts = std::map<std::string, std::string>;

std::string archive_of(const Parts& parts) {
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  CHECK(source != nullptr);
  zip_source_keep(source);
  zip_t* zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  CHECK(zip != nullptr);
  for (const auto& [name, bytes] : parts) {
    zip_source_t* part = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
    CHECK(zip_file_add(zip, name.c_str(), part, ZIP_FL_OVERWRITE) >= 0);
  }
  CHECK(zip_close(zip) == 0);
  CHECK(zip_source_open(source) == 0);
  zip_source_seek(source, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(source)), '\0');
  zip_source_seek(source, 0, SEEK_SET);
  CHECK(zip_source_read(source, bytes.data(), bytes.size()) ==
        static_cast<zip_int64_t>(bytes.size()));
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

// A workbook with one visible sheet whose rows are `data`.
Parts workbook(const std::string& data, const std::string& properties = "") {
  return {
      {"xl/workbook.xml",
       "<workbook xmlns:r=\"r\"><workbookPr " + properties +
           "/><sheets><sheet name=\"旧表\" sheetId=\"1\" state=\"hidden\" r:id=\"rId1\"/>"
           "<sheet name=\"花名册\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
       "<Relationship Id=\"rId2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"},
      {"xl/worksheets/sheet1.xml",
       "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>"},
      {"xl/worksheets/sheet2.xml", "<worksheet><sheetData>" + data + "</sheetData></worksheet>"},
      {"xl/sharedStrings.xml",
       "<sst><si><t>　张 三　</t></si>"
       "<si><r><t>党</t></r><r><rPr/><t>支部</t></r><rPh sb=\"0\" eb=\"1\"><t>zhibu</t></rPh></si>"
       "</sst>"},
      {"xl/styles.xml",
       "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月"
       "&quot;d&quot;日&quot;\"/><numFmt numFmtId=\"177\" formatCode=\"0&quot;day&quot;\"/>"
       "<numFmt numFmtId=\"178\" formatCode=\"[Red]General\"/></numFmts>"
       "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/>"
       "<xf numFmtId=\"177\"/><xf numFmtId=\"178\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"}};
}

std::string read(const std::string& data, const std::string& properties = "") {
  return cells_of(read_sheet(archive_of(workbook(data, properties)), "a.xlsx"));
}

TEST(Csv, fields_may_be_quoted_and_hold_separators_quotes_and_line_ends) {
  EXPECT_EQ(cells_of(read_csv("a,\"b,c\",\"d\"\"e\"\r\n\r\n1,,\"x\ny\"\n", "f.csv")),
            "A1=a B1=b,c C1=d\"e A3=1 C3=x\ny ");
}

TEST(Csv, a_cell_is_named_by_line_and_character) {
  const auto sheet = read_csv("代码,名称\n1,\"甲\n乙\"\n2,  丙 ", "f.csv");
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->where(sheet->rows[0], 1), "f.csv:1:4");
  EXPECT_EQ(sheet->where(sheet->rows[1], 1), "f.csv:2:3");
  EXPECT_EQ(sheet->where(sheet->rows[2], 1), "f.csv:4:3");
  EXPECT_EQ(sheet->where(sheet->rows[2], 5), "f.csv:4:1");
  EXPECT_EQ(sheet->rows[2].find(1)->text, "丙");
}

TEST(Csv, utf8_with_and_without_mark_and_gb18030_read_alike) {
  EXPECT_EQ(cells_of(read_csv("姓名,支部\n", "f")), "A1=姓名 B1=支部 ");
  EXPECT_EQ(cells_of(read_csv("\xef\xbb\xbf姓名,支部\n", "f")), "A1=姓名 B1=支部 ");
  EXPECT_EQ(cells_of(read_csv("\xd0\xd5\xc3\xfb,\xd6\xa7\xb2\xbf\n", "f")), "A1=姓名 B1=支部 ");
  EXPECT_EQ(cells_of(read_csv("a,\xff\xff\n", "f")), "not_utf8 f ");
}

TEST(Csv, what_is_not_a_table_is_refused_where_it_breaks) {
  EXPECT_EQ(cells_of(read_csv("a,\"b\n", "f")), "import_row f:1:3 ");
  EXPECT_EQ(cells_of(read_csv("a,\"b\"c\n", "f")), "import_row f:1:6 ");
  SheetLimits limits;
  limits.rows_max = 1;
  EXPECT_EQ(cells_of(read_csv("a\nb\n", "f", limits)), "import_file f:2:1 ");
  limits.columns_max = 1;
  EXPECT_EQ(cells_of(read_csv("a,b\n", "f", limits)), "import_file f:1:3 ");
}

TEST(Csv, columns_may_be_separated_by_tabs) {
  EXPECT_EQ(cells_of(read_csv("a\tb\n1\t2,3\n", "f")), "A1=a B1=b A2=1 B2=2,3 ");
}

TEST(Xlsx, texts_are_shared_rich_inline_or_of_formulas) {
  EXPECT_EQ(read("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c>"
                 "<c r=\"D2\" t=\"inlineStr\"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>"
                 "<c r=\"AB2\" t=\"str\"><f>A1&amp;B1</f><v>丙</v></c></row>"),
            "A2=张 三 C2=党支部 D2=甲乙 AB2=丙 ");
}

TEST(Xlsx, the_first_sheet_that_is_not_hidden_is_read_or_the_one_named) {
  const std::string bytes = archive_of(workbook("<row><c><v>7</v></c></row>"));
  EXPECT_EQ(cells_of(read_xlsx(bytes, "a.xlsx")), "A1=7 ");
  EXPECT_EQ(cells_of(read_xlsx(bytes, "a.xlsx", "旧表")), "A1=1 ");
  EXPECT_EQ(cells_of(read_xlsx(bytes, "a.xlsx", "无")), "import_file a.xlsx ");
  const auto sheet = read_xlsx(bytes, "a.xlsx");
  ASSERT_TRUE(sheet.ok());
  EXPECT_EQ(sheet->where(sheet->rows[0], 2), "花名册!C1");
}

TEST(Xlsx, numbers_keep_their_digits) {
  EXPECT_EQ(read("<row r=\"1\"><c><v>330102001001</v></c><c><v>3.30102E+11</v></c>"
                 "<c><v>0.5</v></c><c t=\"b\"><v>1</v></c><c s=\"3\"><v>12</v></c>"
                 "<c s=\"4\"><v>13</v></c><c><v>-0</v></c></row>"),
            "A1=330102001001 B1=330102000000 C1=0.5 D1=true E1=12 F1=13 G1=0 ");
}

TEST(Xlsx, dates_are_known_by_their_format_and_counted_in_the_files_system) {
  const std::string row =
      "<row r=\"1\"><c s=\"1\"><v>46083</v></c><c s=\"2\"><v>59</v></c><c s=\"2\"><v>61</v></c>"
      "<c s=\"5\"><v>46083.75</v></c><c s=\"1\"><v>1</v></c></row>";
  EXPECT_EQ(read(row),
            "A1=2026-03-02 B1=1900-02-28 C1=1900-03-01 D1=2026-03-02 18:00:00 E1=1900-01-01 ");
  EXPECT_EQ(read("<row r=\"1\"><c s=\"1\"><v>44621</v></c></row>", "date1904=\"1\""),
            "A1=2026-03-02 ");
}

TEST(Xlsx, errors_and_formulas_without_a_value_are_named_by_their_cell) {
  EXPECT_EQ(read("<row r=\"3\"><c r=\"B3\" t=\"e\"><v>#REF!</v></c>"
                 "<c r=\"C3\"><f>A1</f></c></row>"),
            "import_row 花名册!B3 import_row 花名册!C3 ");
}

TEST(Xlsx, an_archive_that_unpacks_beyond_the_limit_is_refused) {
  SheetLimits limits;
  limits.entry_bytes_max = 100'000;
  const std::string bytes = archive_of(workbook(std::string(1'000'000, ' ')));
  EXPECT_LT(bytes.size(), 10'000u);
  EXPECT_EQ(cells_of(read_sheet(bytes, "a.xlsx", "", limits)), "import_file a.xlsx ");
  limits = {};
  limits.total_bytes_max = 500'000;
  EXPECT_EQ(cells_of(read_sheet(bytes, "a.xlsx", "", limits)), "import_file a.xlsx ");
}

TEST(Xlsx, what_is_no_workbook_is_refused) {
  EXPECT_EQ(cells_of(read_sheet("PK\x03\x04 broken", "a.xlsx")), "import_file a.xlsx ");
  EXPECT_EQ(cells_of(read_sheet(archive_of({{"a.txt", "a"}}), "a.zip")), "import_file a.zip ");
  Parts parts = workbook("");
  parts["xl/worksheets/sheet2.xml"] = "<worksheet><sheetData>";
  EXPECT_EQ(cells_of(read_sheet(archive_of(parts), "a.xlsx")), "import_file a.xlsx ");
  parts = workbook("<row><c t=\"s\"><v>99</v></c></row>");
  EXPECT_EQ(cells_of(read_sheet(archive_of(parts), "a.xlsx")), "import_file a.xlsx ");
}

TEST(Columns, have_letters) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(701), "ZZ");
  EXPECT_EQ(column_letters(702), "AAA");
}

}  // namespace

}  // namespace huilu::org::testing
