#include "document/docx.h"

#include <fmt/format.h>
#include <zip.h>
#include <pugixml.hpp>

#include <array>
#include <cstring>
#include <map>
#include <memory>

#include "document/frame.h"

namespace huilu::document {

namespace {

constexpr std::size_t entry_bytes_max = 64 << 20;  // unpacked
constexpr int table_levels_max = 16;

// Why the archive cannot be read, as the refusal that is told.
struct BadFile {
  RefusalCode code;
  std::string got;
};

// Names may carry any prefix: w:p is p.
std::string_view local_name(const char* name) {
  const char* colon = std::strrchr(name, ':');
  return colon ? colon + 1 : name;
}

pugi::xml_node child_of(const pugi::xml_node& parent, std::string_view name) {
  for (const auto child : parent.children())
    if (local_name(child.name()) == name) return child;
  return {};
}

std::string attribute_of(const pugi::xml_node& node, std::string_view name) {
  for (const auto attribute : node.attributes())
    if (local_name(attribute.name()) == name) return attribute.value();
  return {};
}

std::string value_of(const pugi::xml_node& parent, std::string_view name) {
  return attribute_of(child_of(parent, name), "val");
}

class Archive {
 public:
  explicit Archive(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source != nullptr) zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (source != nullptr && !zip_) zip_source_free(source);
    zip_error_fini(&error);
    if (!zip_) throw BadFile{RefusalCode::document_damaged, "zip"};
  }

  bool has(const char* name) const { return zip_name_locate(zip_.get(), name, ZIP_FL_NOCASE) >= 0; }

  // Entities that a document declares itself are never expanded by pugixml.
  std::unique_ptr<pugi::xml_document> read(const char* name) const {
    auto document = std::make_unique<pugi::xml_document>();
    if (!has(name)) return document;
    const std::string text = unpack(name);
    const auto parsed = document->load_buffer(text.data(), text.size(),
                                              pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) throw BadFile{RefusalCode::document_damaged, name};
    return document;
  }

 private:
  struct Closer {
    void operator()(zip_t* zip) const { zip_discard(zip); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
  };

  std::string unpack(const char* name) const {
    const std::unique_ptr<zip_file_t, Closer> file(zip_fopen(zip_.get(), name, ZIP_FL_NOCASE));
    if (!file) throw BadFile{RefusalCode::document_damaged, name};
    std::string text;
    std::array<char, 1 << 16> piece{};
    for (;;) {
      const auto size = zip_fread(file.get(), piece.data(), piece.size());
      if (size < 0) throw BadFile{RefusalCode::document_damaged, name};
      if (size == 0) return text;
      text.append(piece.data(), static_cast<std::size_t>(size));
      if (text.size() > entry_bytes_max)
        throw BadFile{RefusalCode::document_damaged, fmt::format("{} > {}", name, entry_bytes_max)};
    }
  }

  std::unique_ptr<zip_t, Closer> zip_;
};

int integer(const std::string& text, int otherwise) {
  const int read = number_of(std::u16string(text.begin(), text.end()));
  return text.empty() || (read == 0 && text != "0") ? otherwise : read;
}

// The numbers that Word draws in front of paragraphs and that stand in no text.
class Numbering {
 public:
  Numbering(const pugi::xml_node& numbering, const pugi::xml_node& styles) {
    std::map<std::string, Levels> abstract;
    for (const auto node : numbering.children())
      if (local_name(node.name()) == "abstractNum")
        abstract[attribute_of(node, "abstractNumId")] = levels_of(node);
    for (const auto node : numbering.children())
      if (local_name(node.name()) == "num")
        lists_[attribute_of(node, "numId")] = abstract[value_of(node, "abstractNumId")];
    for (const auto style : styles.children())
      if (const auto number = child_of(child_of(style, "pPr"), "numPr"))
        styles_[attribute_of(style, "styleId")] = place_of(number);
  }

  std::string next(const pugi::xml_node& properties) {
    Place place;
    if (const auto style = styles_.find(value_of(properties, "pStyle")); style != styles_.end())
      place = style->second;
    if (const auto number = child_of(properties, "numPr")) place = place_of(number);
    const auto list = lists_.find(place.list);
    if (list == lists_.end() || !list->second.contains(place.level)) return {};
    return drawn(place, list->second);
  }

 private:
  struct Level {
    std::string format;
    std::string text;
    int start = 1;
  };
  using Levels = std::map<int, Level>;
  struct Place {
    std::string list;
    int level = 0;
  };

  static Levels levels_of(const pugi::xml_node& abstract) {
    Levels out;
    for (const auto node : abstract.children()) {
      if (local_name(node.name()) != "lvl") continue;
      out[integer(attribute_of(node, "ilvl"), 0)] = {
          value_of(node, "numFmt"), value_of(node, "lvlText"), integer(value_of(node, "start"), 1)};
    }
    return out;
  }

  static Place place_of(const pugi::xml_node& number) {
    return {value_of(number, "numId"), integer(value_of(number, "ilvl"), 0)};
  }

  static std::string written(const std::string& format, int number) {
    const bool is_chinese = format.starts_with("chinese") || format.starts_with("japanese") ||
                            format.starts_with("ideograph") || format.starts_with("taiwanese");
    return is_chinese && number < 100 ? chinese_number(number) : std::to_string(number);
  }

  std::string drawn(const Place& place, const Levels& levels) {
    std::map<int, int>& counts = counts_[place.list];
    const Level& level = levels.at(place.level);
    const auto count = counts.find(place.level);
    counts[place.level] = count == counts.end() ? level.start : count->second + 1;
    counts.erase(counts.upper_bound(place.level), counts.end());
    if (level.format == "bullet" || level.format == "none") return {};
    std::string out;
    for (std::size_t i = 0; i < level.text.size(); ++i) {
      const char c = level.text[i];
      const bool is_place = c == '%' && i + 1 < level.text.size() && level.text[i + 1] >= '1' &&
                            level.text[i + 1] <= '9';
      if (!is_place) {
        out += c;
        continue;
      }
      const int shown = level.text[++i] - '1';
      const auto at = levels.find(shown);
      const auto number = counts.find(shown);
      if (at == levels.end()) continue;
      out += written(at->second.format, number == counts.end() ? at->second.start : number->second);
    }
    return out;
  }

  std::map<std::string, Levels> lists_;
  std::map<std::string, Place> styles_;
  std::map<std::string, std::map<int, int>> counts_;
};

class Body {
 public:
  explicit Body(Numbering numbering) : numbering_(std::move(numbering)) {}

  std::string text(const pugi::xml_node& body) {
    read(body, 0);
    return std::move(out_);
  }

 private:
  void read(const pugi::xml_node& parent, int level) {
    if (level > table_levels_max) return;
    for (const auto node : parent.children()) {
      const std::string_view name = local_name(node.name());
      if (name == "p") {
        out_ += numbering_.next(child_of(node, "pPr"));
        read_runs(node);
        out_ += '\n';
      } else if (name == "tbl" || name == "tr" || name == "tc" || name == "sdt" ||
                 name == "sdtContent") {
        read(node, level + 1);
      }
    }
  }

  void read_runs(const pugi::xml_node& parent) {
    for (const auto node : parent.children()) {
      const std::string_view name = local_name(node.name());
      if (name == "t") {
        out_ += node.text().get();
      } else if (name == "tab") {
        out_ += '\t';
      } else if (name == "br" || name == "cr") {
        out_ += '\n';
      } else if (name == "noBreakHyphen") {
        out_ += '-';
      } else if (name == "r" || name == "hyperlink" || name == "ins" || name == "smartTag" ||
                 name == "sdt" || name == "sdtContent" || name == "fldSimple") {
        read_runs(node);
      }
    }
  }

  Numbering numbering_;
  std::string out_;
};

}  // namespace

bool is_archive(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

Result<std::string> docx_text(std::string_view bytes, const std::string& where) {
  try {
    const Archive archive(bytes);
    if (!archive.has("word/document.xml"))
      throw BadFile{RefusalCode::document_format, archive.has("xl/workbook.xml") ? ".xlsx" : "zip"};
    const auto numbering = archive.read("word/numbering.xml");
    const auto styles = archive.read("word/styles.xml");
    const auto document = archive.read("word/document.xml");
    const auto body = child_of(document->document_element(), "body");
    if (!body) throw BadFile{RefusalCode::document_damaged, "word/document.xml"};
    return Body(Numbering(numbering->document_element(), styles->document_element())).text(body);
  } catch (const BadFile& bad) {
    const std::string expected = bad.code == RefusalCode::document_format ? "text, .docx" : "";
    return Refusal{bad.code, where, expected, bad.got, ""};
  }
}

}  // namespace huilu::document
