#include "policy/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/pattern.h"
#include "policy/declarations.h"
#include "policy/finding.h"
#include "policy/resolver.h"
#include "policy/unfold.h"

namespace huilu::policy {

const RecordType* Pack::find_record_type(std::string_view name) const {
  const auto found = std::find_if(record_types.begin(), record_types.end(),
                                  [&](const RecordType& type) { return type.name == name; });
  return found == record_types.end() ? nullptr : &*found;
}

const MatterType* Pack::find_matter_type(std::string_view name) const {
  const auto found = std::find_if(matter_types.begin(), matter_types.end(),
                                  [&](const MatterType& type) { return type.name == name; });
  return found == matter_types.end() ? nullptr : &*found;
}

const Obligation* Pack::find_obligation(std::string_view name) const {
  const auto found =
      std::find_if(obligations.begin(), obligations.end(),
                   [&](const Obligation& obligation) { return obligation.name == name; });
  return found == obligations.end() ? nullptr : &*found;
}

const Check* Pack::find_check(std::string_view name) const {
  for (const Check& check : checks)
    if (check.name == name) return &check;
  return nullptr;
}

const Indicator* Pack::find_indicator(std::string_view name) const {
  for (const Indicator& indicator : indicators)
    if (indicator.name == name) return &indicator;
  return nullptr;
}

const Draw* Pack::find_draw(std::string_view name) const {
  for (const Draw& draw : draws)
    if (draw.name == name) return &draw;
  return nullptr;
}

const View* Pack::find_view(std::string_view name) const {
  for (const View& view : views)
    if (view.name == name) return &view;
  return nullptr;
}

const Parameter* Pack::find_parameter(std::string_view name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [&](const Parameter& one) { return one.name == name; });
  return found == parameters.end() ? nullptr : &*found;
}

const RecordType* find_record_type(const std::vector<Pack>& packs, std::string_view address) {
  for (const Pack& pack : packs)
    for (const RecordType& type : pack.record_types)
      if (type.address == address) return &type;
  return nullptr;
}

const MatterType* find_matter_type(const std::vector<Pack>& packs, std::string_view address,
                                   std::string_view version) {
  for (const Pack& pack : packs)
    if (pack.version == version)
      for (const MatterType& type : pack.matter_types)
        if (type.address == address) return &type;
  return nullptr;
}

const Label* find_tag(const Pack& pack, const std::vector<Pack>& packs, std::string_view tag) {
  const auto among = [&](const Pack& one) -> const Label* {
    const auto found = std::find_if(one.tags.begin(), one.tags.end(),
                                    [&](const Term& term) { return term.code == tag; });
    return found == one.tags.end() ? nullptr : &found->title;
  };
  if (const Label* const own = among(pack)) return own;
  for (const Pack& one : packs)
    if (const Label* const other = among(one)) return other;
  return pack.id == core_id ? nullptr : among(core_pack());
}

const Obligation* find_obligation(const Pack& pack, const std::vector<Pack>& packs,
                                  std::string_view address) {
  const auto among = [&](const Pack& one) -> const Obligation* {
    for (const Obligation& obligation : one.obligations)
      if (obligation.address == address) return &obligation;
    return nullptr;
  };
  if (const Obligation* const own = among(pack)) return own;
  for (const Pack& other : packs)
    if (const Obligation* const found = among(other)) return found;
  return nullptr;
}

namespace {

constexpr std::string_view tests_folder = "tests/";
constexpr std::array<std::string_view, 1> schema_words = {"policypack/2"};
constexpr std::array<std::string_view, 3> status_words = {"draft", "example", "in_use"};
constexpr std::array<std::string_view, 1> timezone_words = {"Asia/Shanghai"};

// A text of the given shape.
Form<std::string> shaped(std::string expected, const char* pattern) {
  const Pattern allowed(pattern);
  return {[=](Reading& reading, const Node& node, std::string& out) {
            if (!is_plain_text(node) || !allowed.matches(node.text))
              return reading.report_type(node, expected);
            out = node.text;
          },
          expected, shape::text('^' + std::string(pattern) + '$')};
}

template <std::size_t count>
Form<std::string> one_of(const std::array<std::string_view, count>& words) {
  const auto choice = word<std::size_t>(words);
  return {[choice, words](Reading& reading, const Node& node, std::string& out) {
            std::size_t index = count;
            choice.read(reading, node, index);
            if (index < count) out = words[index];
          },
          choice.expected, choice.shape};
}

Form<Document> document_form() {
  return named("document", map_of<Document>({
                               required("name", &Document::name, text()),
                               optional("hash", &Document::hash,
                                        shaped("sha256:<64 hex digits>", "sha256:[0-9a-f]{64}")),
                           }));
}

Form<Clause> clause_form() {
  return named("clause",
               map_of<Clause>(
                   {
                       required("id", &Clause::id, token()),
                       required("doc", &Clause::doc, token()),
                       optional("at", &Clause::at, text()),
                       optional("fingerprint", &Clause::fingerprint, text()),
                       optional("hole", &Clause::hole, text()),
                       optional("left", &Clause::left, word<Left>(left_words)),
                       label("reason", &Clause::reason),
                   },
                   [](Reading& reading, const Node& node, Clause& clause) {
                     if (node.cut || node.find("left") == nullptr) {
                       if (clause.reason)
                         reading.report(RefusalCode::pack_missing_key, node.place, "left", "");
                     } else if (!clause.reason) {
                       reading.report(RefusalCode::pack_missing_key, node.place, "reason", "");
                     }
                   }));
}

Form<Pack> pack_form() {
  return named(
      "pack",
      map_of<Pack>({
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
          optional("extends", &Pack::extends, list_of(parent_form())),
          optional("documents", &Pack::documents, by_name(document_form(), &Document::id, token())),
          optional("clauses", &Pack::clauses, list_of(clause_form())),
          optional("params", &Pack::parameters, by_name(parameter_form(), &Parameter::name)),
          optional("record_types", &Pack::record_types,
                   by_name(record_type_form(), &RecordType::name)),
          optional("matter_types", &Pack::matter_types,
                   by_name(matter_type_form(), &MatterType::name)),
          optional("obligations", &Pack::obligations,
                   by_name(obligation_form(), &Obligation::name)),
          optional("checks", &Pack::checks, by_name(check_form(), &Check::name)),
          optional("indicators", &Pack::indicators, by_name(indicator_form(), &Indicator::name)),
          optional("draws", &Pack::draws, by_name(draw_form(), &Draw::name)),
          optional("views", &Pack::views, by_name(view_form(), &View::name)),
          optional("campaign", &Pack::campaign, campaign_form()),
          optional("bundles", &Pack::bundles, by_name(bundle_form(), &Bundle::name)),
          optional("calendar_revisions", &Pack::revisions, list_of(revision_form())),
          optional("fixtures", &Pack::fixtures, raw()),
          optional("tests", &Pack::tests, raw()),
          optional("vocabulary", &Pack::vocabulary, vocabulary_form()),
          optional("tags", &Pack::tags, terms()),
          later<Pack>("disclosures"),
      }));
}

// The list of pack.yaml, and the lists that the files of tests/ are.
void add_stories(const std::vector<PackFile>& files, Pack& pack, Reading& reading,
                 Refusals& findings) {
  Node all;
  all.kind = NodeKind::list;
  all.place.file = std::make_shared<const std::string>(main_file);
  const auto add = [&](const Node& list) {
    if (list.kind == NodeKind::null || !reading::is_list(reading, list)) return;
    all.cut = all.cut || list.cut;
    all.items.insert(all.items.end(), list.items.begin(), list.items.end());
  };
  add(pack.tests);
  for (const PackFile& file : files) {
    if (!file.path.starts_with(tests_folder)) continue;
    const YamlFile read = read_yaml(file.path, file.bytes);
    findings.insert(findings.end(), read.findings.begin(), read.findings.end());
    add(read.root);
  }
  pack.tests = std::move(all);
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

}  // namespace

Form<Interval> interval_form() {
  return named("interval", map_of<Interval>(
                               {
                                   required("from", &Interval::from, date()),
                                   optional("until", &Interval::until, date()),
                               },
                               [](Reading& reading, const Node& node, Interval& interval) {
                                 if (interval.until && *interval.until <= interval.from)
                                   reading.report(
                                       RefusalCode::pack_range, node.find("until")->place,
                                       "after " + interval.from.text(), interval.until->text());
                               }));
}

ShapePointer pack_shape() { return pack_form().shape; }

Result<Pack> load_pack(const std::vector<PackFile>& files, const std::vector<Pack>& known) {
  Refusals findings;
  const Node root = unfolded(root_of(files, findings), known, findings);
  Texts texts = texts_of(files, findings);
  read_taken_texts(root, known, texts);
  Reading reading(texts, inline_language(root));
  Pack pack;
  pack_form().read(reading, root, pack);
  add_stories(files, pack, reading, findings);
  resolve(pack, root, known, reading);
  const Node* const vocabulary = root.find("vocabulary");
  if (vocabulary && !pack.id.empty() && pack.id != core_id)
    reading.report(RefusalCode::pack_unknown_key, vocabulary->place, "", "vocabulary");
  findings.insert(findings.end(), reading.findings().begin(), reading.findings().end());
  if (!root.cut) texts.report_unused(reading.labels(), reading.unread(), findings);
  if (!pack.extends.empty()) pack.unfolded = root;
  for (Parent& parent : pack.extends)
    if (const Pack* const other = find_version(known, parent.pack, parent.version))
      parent.title = other->title;
  if (findings.empty()) return with_files(std::move(pack), files);
  sort_by_place(findings);
  return findings;
}

}  // namespace huilu::policy
