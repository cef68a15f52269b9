#include "policy/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <regex>

#include "base/fault.h"
#include "base/hash.h"
#include "policy/declarations.h"
#include "policy/finding.h"

namespace huilu::policy {

const RecordType* Pack::find_record_type(std::string_view name) const {
  const auto found = std::find_if(record_types.begin(), record_types.end(),
                                  [&](const RecordType& type) { return type.name == name; });
  return found == record_types.end() ? nullptr : &*found;
}

const RecordType* find_record_type(const std::vector<Pack>& packs, std::string_view address) {
  for (const Pack& pack : packs)
    for (const RecordType& type : pack.record_types)
      if (type.address == address) return &type;
  return nullptr;
}

namespace {

constexpr std::string_view main_file = "pack.yaml";
constexpr std::string_view core_id = "core";
constexpr std::array<std::string_view, 1> schema_words = {"policypack/2"};
constexpr std::array<std::string_view, 3> status_words = {"draft", "example", "in_use"};
constexpr std::array<std::string_view, 1> timezone_words = {"Asia/Shanghai"};

// A text of the given shape.
Form<std::string> shaped(std::string expected, const char* pattern) {
  constexpr std::size_t longest = 128;  // std::regex recurses once a character
  const std::regex shape(pattern);
  return {[=](Reading& reading, const Node& node, std::string& out) {
            if (!is_plain_text(node) || node.text.size() > longest ||
                !std::regex_match(node.text, shape))
              return reading.report_type(node, expected);
            out = node.text;
          },
          expected};
}

template <std::size_t count>
Form<std::string> one_of(const std::array<std::string_view, count>& words) {
  const auto choice = word<std::size_t>(words);
  return {[choice, words](Reading& reading, const Node& node, std::string& out) {
            std::size_t index = count;
            choice.read(reading, node, index);
            if (index < count) out = words[index];
          },
          choice.expected};
}

Form<Interval> interval_form() {
  return map_of<Interval>(
      {
          required("from", &Interval::from, date()),
          optional("until", &Interval::until, date()),
      },
      [](Reading& reading, const Node& node, Interval& interval) {
        if (interval.until && *interval.until <= interval.from)
          reading.report(RefusalCode::pack_range, node.find("until")->place,
                         "after " + interval.from.text(), interval.until->text());
      });
}

Form<Document> document_form() {
  return map_of<Document>({
      required("name", &Document::name, text()),
      optional("hash", &Document::hash, shaped("sha256:<64 hex digits>", "sha256:[0-9a-f]{64}")),
  });
}

Form<Clause> clause_form() {
  return map_of<Clause>({
      required("id", &Clause::id, token()),
      required("doc", &Clause::doc, token()),
      optional("at", &Clause::at, text()),
      optional("fingerprint", &Clause::fingerprint, text()),
      optional("hole", &Clause::hole, text()),
  });
}

Form<Pack> pack_form() {
  return map_of<Pack>({
      unkept<Pack>("schema", Presence::required, one_of(schema_words)),
      required("pack", &Pack::id, shaped("pack id a-b.c", "[a-z][a-z0-9]*([.-][a-z0-9]+)*")),
      required("version", &Pack::version,
               shaped("version \"1.0.0\" in quotes", "[0-9]+\\.[0-9]+\\.[0-9]+")),
      label("title", &Pack::title),
      required("status", &Pack::status, word<Status>(status_words)),
      unkept<Pack>("language", Presence::optional, one_of(language_tags)),
      required("in_force", &Pack::in_force, interval_form()),
      required("timezone", &Pack::timezone, one_of(timezone_words)),
      optional("calendar", &Pack::calendar, text()),
      optional("documents", &Pack::documents, by_name(document_form(), &Document::id, token())),
      optional("clauses", &Pack::clauses, list_of(clause_form())),
      optional("record_types", &Pack::record_types, by_name(record_type_form(), &RecordType::name)),
      optional("vocabulary", &Pack::vocabulary, vocabulary_form()),
  });
}

// Joins the files' top-level keys into one map.
Node joined(const std::vector<PackFile>& files, Refusals& findings) {
  Node root;
  root.kind = NodeKind::map;
  root.place.file = std::make_shared<const std::string>(main_file);
  bool has_main = false;
  for (const PackFile& file : files) {
    if (file.path.find('/') != std::string::npos) continue;
    has_main = has_main || file.path == main_file;
    YamlFile read = read_yaml(file.path, file.bytes);
    findings.insert(findings.end(), read.findings.begin(), read.findings.end());
    root.cut = root.cut || read.root.cut || read.root.kind == NodeKind::unreadable;
    if (read.root.kind != NodeKind::map && read.root.kind != NodeKind::unreadable)
      findings.push_back({RefusalCode::pack_type,
                          read.root.place.text(),
                          "map",
                          std::string(name_of(read.root.kind)),
                          {}});
    const std::size_t before = root.members.size();
    for (Member& member : read.root.members) {
      const auto end = root.members.begin() + static_cast<std::ptrdiff_t>(before);
      const auto first = std::find_if(root.members.begin(), end,
                                      [&](const Member& other) { return other.key == member.key; });
      if (first != end)
        findings.push_back({RefusalCode::pack_duplicate_key,
                            member.place.text(),
                            first->place.text(),
                            member.key,
                            {}});
      root.members.push_back(std::move(member));
    }
  }
  if (!has_main)
    findings.push_back(
        {RefusalCode::pack_missing_key, root.place.text(), std::string(main_file), "", {}});
  root.cut = root.cut || !has_main;
  return root;
}

Texts texts_of(const std::vector<PackFile>& files, Refusals& findings) {
  constexpr std::string_view folder = "i18n/", ending = ".yaml";
  Texts texts;
  for (const PackFile& file : files) {
    if (!file.path.starts_with(folder)) continue;
    std::string_view tag = file.path;
    tag.remove_prefix(folder.size());
    tag.remove_suffix(tag.ends_with(ending) ? ending.size() : 0);
    const auto language = language_of(tag);
    if (!language) {
      findings.push_back({RefusalCode::pack_unknown_word,
                          file.path + ":1:1",
                          nearest_or_all(tag, {language_tags.begin(), language_tags.end()}),
                          std::string(tag),
                          {}});
      continue;
    }
    const YamlFile read = read_yaml(file.path, file.bytes);
    findings.insert(findings.end(), read.findings.begin(), read.findings.end());
    texts.read(*language, read.root, findings);
  }
  return texts;
}

Language inline_language(const Node& root) {
  const Node* const written = root.find("language");
  return (written ? language_of(written->text) : std::nullopt).value_or(Language::zh_cn);
}

// Checks and resolves what one declaration says about another.
class Resolver {
 public:
  Resolver(const Node& root, const std::vector<Pack>& known, Reading& reading)
      : root_(root), known_(known), reading_(reading) {}

  void resolve(Pack& pack) {
    check_clauses(pack);
    for (RecordType& type : pack.record_types) type.address = pack.id + '/' + type.name;
    for (RecordType& type : pack.record_types) {
      const Node& node = root_.below("record_types").below(type.name);
      check_cited(pack, type.clauses, node);
      for (Field& field : type.fields)
        if (!field.target.empty())
          resolve_target(pack, field, node.below("fields").below(field.name).below("of"));
    }
  }

 private:
  void check_clauses(const Pack& pack) {
    std::vector<std::string_view> documents, seen;
    for (const Document& document : pack.documents) documents.push_back(document.id);
    for (std::size_t i = 0; i < pack.clauses.size(); ++i) {
      const Clause& clause = pack.clauses[i];
      const Node& node = root_.below("clauses").below(i);
      if (!clause.doc.empty() && !holds(documents, clause.doc))
        reading_.report(RefusalCode::pack_reference, node.below("doc").place,
                        nearest_or_all(clause.doc, documents), clause.doc);
      if (!clause.id.empty() && holds(seen, clause.id))
        reading_.report(RefusalCode::pack_duplicate_key, node.below("id").place, "", clause.id);
      seen.push_back(clause.id);
    }
  }

  // `node` is the declaration; its key `clause` holds one id or a list.
  void check_cited(const Pack& pack, const std::vector<std::string>& cited, const Node& node) {
    std::vector<std::string_view> ids;
    for (const Clause& clause : pack.clauses) ids.push_back(clause.id);
    for (std::size_t i = 0; i < cited.size(); ++i)
      if (!cited[i].empty() && !holds(ids, cited[i]))
        reading_.report(RefusalCode::pack_reference, node.below("clause").below(i).place,
                        nearest_or_all(cited[i], ids), cited[i]);
  }

  void resolve_target(const Pack& pack, Field& field, const Node& written) {
    const std::string name = field.target;
    if (name.find('/') == std::string::npos) field.target = pack.id + '/' + name;
    std::vector<std::string_view> addresses;
    for (const RecordType& type : pack.record_types) addresses.push_back(type.address);
    for (const Pack& other : known_)
      for (const RecordType& type : other.record_types) addresses.push_back(type.address);
    if (!holds(addresses, field.target))
      reading_.report(RefusalCode::pack_reference, written.place,
                      nearest_or_all(field.target, addresses), name);
  }

  static bool holds(const std::vector<std::string_view>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  }

  const Node& root_;
  const std::vector<Pack>& known_;
  Reading& reading_;
};

bool by_path(const PackFile& a, const PackFile& b) { return a.path < b.path; }

}  // namespace

Result<Pack> load_pack(const std::vector<PackFile>& files, const std::vector<Pack>& known) {
  Refusals findings;
  const Node root = joined(files, findings);
  Texts texts = texts_of(files, findings);
  Reading reading(texts, inline_language(root));
  Pack pack;
  pack_form().read(reading, root, pack);
  Resolver(root, known, reading).resolve(pack);
  const Node* const vocabulary = root.find("vocabulary");
  if (vocabulary && !pack.id.empty() && pack.id != core_id)
    reading.report(RefusalCode::pack_unknown_key, vocabulary->place, "", "vocabulary");
  findings.insert(findings.end(), reading.findings().begin(), reading.findings().end());
  if (!root.cut) texts.report_unused(reading.labels(), findings);
  if (!findings.empty()) {
    sort_by_place(findings);
    return findings;
  }
  pack.files = files;
  std::sort(pack.files.begin(), pack.files.end(), by_path);
  pack.hash = hash_of(pack.files);
  return pack;
}

std::string hash_of(const std::vector<PackFile>& files) {
  std::vector<const PackFile*> ordered;
  for (const PackFile& file : files) ordered.push_back(&file);
  std::sort(ordered.begin(), ordered.end(),
            [](const PackFile* a, const PackFile* b) { return by_path(*a, *b); });
  Sha256 hasher;
  for (const PackFile* file : ordered) {
    hasher.add(fmt::format("{}:{}{}:", file->path.size(), file->path, file->bytes.size()));
    hasher.add(file->bytes);
  }
  return std::string(bytes_of(hasher.finish()));
}

std::vector<PackFile> embedded_pack(const std::vector<EmbeddedFile>& files,
                                    std::string_view folder) {
  std::vector<PackFile> out;
  for (const EmbeddedFile& file : files)
    if (file.path.starts_with(folder))
      out.push_back({std::string(file.path.substr(folder.size())), std::string(file.bytes)});
  return out;
}

std::vector<PackFile> read_pack_folder(const std::filesystem::path& folder) {
  std::vector<PackFile> files;
  const auto read_all = [&](const std::filesystem::path& below, const std::string& prefix) {
    std::error_code error;
    for (std::filesystem::directory_iterator entry(below, error), end; !error && entry != end;
         entry.increment(error)) {
      if (entry->path().extension() != ".yaml" || !entry->is_regular_file()) continue;
      std::ifstream stream(entry->path(), std::ios::binary);
      std::string bytes(yaml_bytes_max + 1, '\0');  // one more than is accepted
      stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
      if (!stream && !stream.eof())
        throw Fault(FaultKind::unavailable, "cannot read " + entry->path().string());
      bytes.resize(static_cast<std::size_t>(stream.gcount()));
      files.push_back({prefix + entry->path().filename().string(), std::move(bytes)});
    }
    if (error) throw Fault(FaultKind::unavailable, "cannot read " + below.string());
  };
  read_all(folder, "");
  if (std::filesystem::is_directory(folder / "i18n")) read_all(folder / "i18n", "i18n/");
  std::sort(files.begin(), files.end(), by_path);
  return files;
}

}  // namespace huilu::policy
