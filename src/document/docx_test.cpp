#include "document/docx.h"

#include <zip.h>

#include "document/testing.h"

namespace huilu::document {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;
using Texts = std::vector<std::string>;

std::string archive(const Entries& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  zip_source_keep(target);
  for (const auto& [name, text] : entries) {
    zip_source_t* source = zip_source_buffer(zip, text.data(), text.size(), 0);
    EXPECT_GE(zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8), 0);
  }
  EXPECT_EQ(zip_close(zip), 0);
  EXPECT_EQ(zip_source_open(target), 0);
  zip_source_seek(target, 0, SEEK_END);
  std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

const std::string open_tag = R"(<w:document xmlns:w="w"><w:body>)";
const std::string close_tag = "</w:body></w:document>";

std::string paragraph(const std::string& text, const std::string& properties = "") {
  return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") + "<w:r><w:t>" +
         text + "</w:t></w:r></w:p>";
}

std::string numbered(int list, int level) {
  return "<w:numPr><w:ilvl w:val=\"" + std::to_string(level) + "\"/><w:numId w:val=\"" +
         std::to_string(list) + "\"/></w:numPr>";
}

std::string level(int index, const std::string& format, const std::string& text) {
  return "<w:lvl w:ilvl=\"" + std::to_string(index) +
         "\"><w:start w:val=\"1\"/><w:numFmt w:val=\"" + format + "\"/><w:lvlText w:val=\"" + text +
         "\"/></w:lvl>";
}

const std::string numbering =
    R"(<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7">)" +
    level(0, "chineseCountingThousand", "%1、") + level(1, "chineseCounting", "（%2）") +
    level(2, "decimal", "%3.") +
    R"(</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>)";

const std::string styles = R"(<w:styles xmlns:w="w"><w:style w:styleId="H1"><w:pPr>)" +
                           numbered(1, 0) + "</w:pPr></w:style></w:styles>";

TEST(Docx, paragraphs_become_clauses) {
  const std::string bytes = archive(
      {{"word/document.xml", open_tag + paragraph("图书馆意见") + paragraph("一、总则") +
                                 "<w:p><w:r><w:t>本馆</w:t></w:r><w:r><w:t>免费开放。</w:t></w:r>"
                                 "<w:del><w:r><w:delText>不收费。</w:delText></w:r></w:del></w:p>" +
                                 "<w:tbl><w:tr><w:tc>" + paragraph("表格里的一段。") +
                                 "</w:tc></w:tr></w:tbl>" + close_tag}});
  const Document document = testing::split(bytes);
  EXPECT_EQ(document.encoding, Encoding::docx);
  EXPECT_EQ(document.title, "图书馆意见");
  EXPECT_EQ(testing::ids(document), (Texts{"1", "1.1", "1.2"}));
  EXPECT_EQ(testing::text_of(document, "1.1"), "本馆免费开放。");
  EXPECT_EQ(document.bytes, bytes);
  testing::expect_reversible(document);
}

TEST(Docx, numbers_that_word_draws_are_written_out) {
  const std::string body =
      paragraph("图书馆意见") + paragraph("总则", R"(<w:pStyle w:val="H1"/>)") +
      paragraph("本馆开放。") + paragraph("任务", R"(<w:pStyle w:val="H1"/>)") +
      paragraph("借阅", numbered(1, 1)) + paragraph("借三册。还三册。", numbered(1, 2)) +
      paragraph("续一次。再续一次。", numbered(1, 2)) + paragraph("讲座", numbered(1, 1)) +
      paragraph("每月一次。", numbered(1, 2));
  const Document document =
      testing::split(archive({{"word/document.xml", open_tag + body + close_tag},
                              {"word/numbering.xml", numbering},
                              {"word/styles.xml", styles}}));
  EXPECT_EQ(testing::paths(document), (Texts{"一", "一/1", "二", "二/(一)", "二/(一)/1",
                                             "二/(一)/2", "二/(二)", "二/(二)/1"}));
}

TEST(Docx, what_is_no_whole_word_file_is_refused) {
  const auto refused = [](const std::string& bytes) {
    const auto text = docx_text(bytes, "a.docx");
    return text.ok() ? "read"
                     : std::string(kind_of(text.refusals().front().code).name) + " " +
                           text.refusals().front().got;
  };
  const std::string whole = archive({{"word/document.xml", open_tag + close_tag}});
  EXPECT_EQ(refused(whole.substr(0, whole.size() / 2)), "document_damaged zip");
  EXPECT_EQ(refused(archive({{"word/document.xml", "<w:document"}})),
            "document_damaged word/document.xml");
  EXPECT_EQ(refused(archive({{"word/document.xml", "<w:document/>"}})),
            "document_damaged word/document.xml");
  EXPECT_EQ(refused(archive({{"xl/workbook.xml", "<workbook/>"}})), "document_format .xlsx");
  EXPECT_EQ(refused(archive({{"a.txt", "a"}})), "document_format zip");
}

}  // namespace
}  // namespace huilu::document
