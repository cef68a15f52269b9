#include "document/draft_pack.h"

#include <fmt/format.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "base/check.h"
#include "base/text.h"
#include "base/value.h"
#include "document/drafting.h"
#include "document/encoding.h"
#include "document/reimport.h"

namespace huilu::document {

namespace {

constexpr std::size_t drafted_title_characters_max = 30;

// A JSON string is a YAML scalar in double quotes.
std::string quoted(const std::string& text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string in_simplified(const std::string& text) { return utf8(simplified(utf16(text))); }

std::string in_traditional(const std::string& text) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> rules(
      icu::Transliterator::createInstance("Simplified-Traditional", UTRANS_FORWARD, error));
  CHECK(U_SUCCESS(error));
  icu::UnicodeString copy = icu::UnicodeString::fromUTF8(text);
  rules->transliterate(copy);
  std::string out;
  copy.toUTF8String(out);
  return out;
}

std::string shortened(const std::string& text) {
  std::u16string units = utf16(text);
  if (units.size() > drafted_title_characters_max)
    units = units.substr(0, drafted_title_characters_max) + u"…";
  return utf8(units);
}

// A comment in YAML is one line without control characters.
std::string commented(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

class PackWriter {
 public:
  PackWriter(const Document& document, const std::vector<Proposal>& proposals,
             const DraftOptions& options)
      : document_(document), proposals_(proposals), options_(options) {}

  std::vector<policy::PackFile> write() {
    for (std::size_t i = 0; i < proposals_.size(); ++i) add(proposals_[i], i);
    const std::string title = document_.title.empty() ? document_.name : document_.title;
    label("title", in_simplified(title), title);
    std::vector<policy::PackFile> files;
    files.push_back({"pack.yaml", head(title) + clauses() + params_ + records_ + duties_});
    files.push_back({"i18n/zh-TW.yaml", traditional_});
    files.push_back({"i18n/en.yaml", english_});
    return files;
  }

 private:
  std::string head(const std::string& title) const {
    return fmt::format(
        "# Drafted from {}. Every line is a proposal: keep what the clause demands, delete the "
        "rest.\nschema: policypack/2\npack: {}\nversion: \"0.1.0\"\ntitle: {}\nstatus: draft\n"
        "in_force: {{from: {}}}\ntimezone: Asia/Shanghai\n\ndocuments:\n  D: {{name: {}, hash: "
        "\"{}\"}}\n",
        commented(document_.name), options_.id, quoted(in_simplified(title)), options_.from.text(),
        quoted(document_.name), document_.hash);
  }

  std::string clauses() const {
    std::string out = "\nclauses:\n";
    std::set<std::string> written;
    for (const Proposal& proposal : proposals_) {
      const Clause* clause = document_.find(proposal.clause);
      if (clause == nullptr || !written.insert(clause->id).second) continue;
      const bool has_hole = std::any_of(clause->holes.begin(), clause->holes.end(),
                                        [](const Hole& hole) { return hole.kind == "number"; });
      out += fmt::format("  - {{id: {}, doc: D, at: \"{}\", fingerprint: \"{}\"{}}}\n",
                         cited(clause->id), clause->id, fingerprint(clause->text),
                         has_hole ? ", hole: number" : "");
    }
    return out;
  }

  // "D-2.3.9"; what was numbered twice keeps the copy's number.
  static std::string cited(std::string id) {
    std::replace(id.begin(), id.end(), '~', '-');
    return "D-" + id;
  }

  void label(const std::string& path, const std::string& chinese, const std::string& english) {
    traditional_ += fmt::format("{}: {}\n", path, quoted(in_traditional(chinese)));
    english_ += fmt::format("{}: {}\n", path, quoted(english));
  }

  void add(const Proposal& proposal, std::size_t index) {
    const std::string name = fmt::format("{}_{}", proposal.action.id, index + 1);
    const std::string title = shortened(in_simplified(proposal.action.words));
    const std::string english =
        fmt::format("{} ({})", english_of(proposal.action.id), cited(proposal.clause));
    const std::string comment =
        fmt::format("  # {}: {}\n", proposal.clause, commented(proposal.words));
    if (records_.empty()) records_ = "\nrecord_types:\n";
    records_ += comment + fmt::format(
                              "  {}:\n    clause: {}\n    title: {}\n"
                              "    identity: [units, date]\n    fields:\n"
                              "      subject: {{title: 事项, type: text, max: 200}}\n",
                              name, cited(proposal.clause), quoted(title));
    label("record_types." + name + ".title", title, english);
    label("record_types." + name + ".fields.subject.title", "事项", "Subject");
    add_duty(proposal, name, title, english, comment);
  }

  // How often, as the language says it; empty where the clause says neither that nor how much.
  static std::string every(const Proposal& proposal) {
    constexpr std::array<std::string_view, 5> periods = {"year", "half", "quarter", "month",
                                                         "week"};
    const std::string& read = proposal.frequency.id;
    if (std::find(periods.begin(), periods.end(), read) != periods.end()) return read;
    static const Pattern measure("(?:年|天|小时|学时|%)$");  // of a length or share, not of records
    const bool counts =
        !proposal.count.id.empty() && !measure.first(simplified(utf16(proposal.count.words)));
    return counts ? "year" : "";
  }

  void add_duty(const Proposal& proposal, const std::string& name, const std::string& title,
                const std::string& english, const std::string& comment) {
    const auto& actors = drafting().actors;
    const auto actor = std::find_if(actors.begin(), actors.end(), [&](const ActorWord& one) {
      return one.id == proposal.actor.id;
    });
    const std::string period = every(proposal);
    if (actor == actors.end() || actor->who.empty() || period.empty()) return;
    add_parameter(proposal, name, title, english);
    if (duties_.empty()) duties_ = "\nobligations:\n";
    const bool is_member = actor->who.starts_with("member");
    const bool is_post = actor->who.starts_with("post");
    const std::string who = is_member ? actor->who + ", at: home" : actor->who;
    const std::string where = is_member ? "present: {has: $bearer}"
                              : is_post ? "present: {has: $bearer.holder}"
                                        : "unit: $bearer";
    const std::string bound = proposal.count.id == "at_most" ? "at_most" : "at_least";
    if (proposal.frequency.id != period)
      duties_ += fmt::format("  # The clause names no period; {} is assumed.\n", period);
    duties_ += comment + fmt::format(
                             "  {}:\n    clause: {}\n    title: {}\n    who: {{{}}}\n"
                             "    every: {}\n    needs: {{{}: {{param: {}_count}}, of: {{record: "
                             "{}, where: {{{}}}}}}}\n    missing: counts_as_zero\n",
                             name, cited(proposal.clause), quoted(title), who, period, bound, name,
                             name, where);
    label("obligations." + name + ".title", title, english);
  }

  void add_parameter(const Proposal& proposal, const std::string& name, const std::string& title,
                     const std::string& english) {
    if (params_.empty()) params_ = "\nparams:\n";
    const std::string_view note = proposal.number_is_missing ? "文件此处数字缺失"
                                  : proposal.number          ? ""
                                                             : "文件没有写明次数";
    params_ += fmt::format(
        "  {}_count:\n    title: {}\n    type: int\n    clause: {}\n    bind: period_start\n"
        "    values: [{{from: {}, value: {}, basis: {}{}}}]\n",
        name, quoted(title), cited(proposal.clause), options_.from.text(),
        proposal.number.value_or(1), proposal.number ? "seed" : "assumed",
        note.empty() ? "" : fmt::format(", note: {}", note));
    label("params." + name + "_count.title", title, english);
  }

  static std::string english_of(const std::string& action) {
    for (const ActionWord& word : drafting().actions)
      if (word.id == action) return word.en;
    return action;
  }

  const Document& document_;
  const std::vector<Proposal>& proposals_;
  const DraftOptions& options_;
  std::string params_, records_, duties_;  // each with its top-level key
  std::string traditional_, english_;
};

}  // namespace

std::vector<policy::PackFile> draft_pack(const Document& document,
                                         const std::vector<Proposal>& proposals,
                                         const DraftOptions& options) {
  return PackWriter(document, proposals, options).write();
}

}  // namespace huilu::document
