#include "policy/reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cctype>
#include <charconv>

#include "base/pattern.h"
#include "base/text.h"
#include "policy/finding.h"

namespace huilu::policy {

void Texts::read(Language language, const Node& root, Refusals& findings) {
  File& file = files_[static_cast<std::size_t>(language)];
  file.has_file = true;
  file.cut = root.cut || root.kind == NodeKind::unreadable;
  if (root.kind == NodeKind::unreadable) return;
  Texts none;
  Reading reading(none, language);
  if (reading::is_map(reading, root))
    for (const Member& member : root.members) {
      Entry entry{{}, member.place};
      text().read(reading, member.value, entry.text);
      file.entries.emplace(member.key, std::move(entry));
    }
  const Refusals& found = reading.findings();
  findings.insert(findings.end(), found.begin(), found.end());
}

void Texts::take(Language language, const Node& root,
                 const std::function<bool(const std::string& path)>& is_taken) {
  File& file = files_[static_cast<std::size_t>(language)];
  file.has_file = true;
  for (const Member& member : root.members)
    if (member.value.kind == NodeKind::scalar && is_taken(member.key))
      file.entries.emplace(member.key, Entry{member.value.text, member.place, true});
}

Texts::Entry* Texts::find(Language language, const std::string& path) {
  auto& entries = files_[static_cast<std::size_t>(language)].entries;
  const auto found = entries.find(path);
  return found == entries.end() ? nullptr : &found->second;
}

void Texts::report_unused(const std::vector<std::string>& paths,
                          const std::vector<std::string>& unread, Refusals& findings) const {
  const std::vector<std::string_view> all(paths.begin(), paths.end());
  const auto is_unread = [&](const std::string& path) {
    return std::any_of(unread.begin(), unread.end(), [&](const std::string& above) {
      return path.starts_with(above) && (path.size() == above.size() || path[above.size()] == '.');
    });
  };
  for (const File& file : files_)
    for (const auto& [path, entry] : file.entries)
      if (!entry.used && !is_unread(path))
        findings.push_back({RefusalCode::pack_reference,
                            entry.place.text(),
                            std::string(nearest_word(path, all)),
                            path,
                            {}});
}

void Reading::report(RefusalCode code, const Place& place, std::string expected, std::string got) {
  findings_.push_back({code, place.text(), std::move(expected), std::move(got), {}});
}

void Reading::report_type(const Node& node, std::string expected) {
  if (node.kind == NodeKind::unreadable || node.cut) return;
  report(RefusalCode::pack_type, node.place, std::move(expected), node.describe());
}

void Reading::leave_unread(std::string_view key) {
  std::string path = fmt::format("{}", fmt::join(path_, "."));
  if (!key.empty()) path += (path.empty() ? "" : ".") + std::string(key);
  unread_.push_back(std::move(path));
}

bool Reading::has_label() {
  const std::string path = fmt::format("{}", fmt::join(path_, "."));
  for (std::size_t i = 0; i < language_tags.size(); ++i)
    if (texts_.find(static_cast<Language>(i), path)) return true;
  return false;
}

Label Reading::label(const Node& owner, const Node* written) {
  const std::string path = fmt::format("{}", fmt::join(path_, "."));
  labels_.push_back(path);
  Label label;
  for (std::size_t i = 0; i < language_tags.size(); ++i) {
    const auto language = static_cast<Language>(i);
    Texts::Entry* const entry = texts_.find(language, path);
    if (entry) entry->used = true;
    if (written && language == language_) {
      text().read(*this, *written, label.texts[i]);
      if (entry) report(RefusalCode::pack_duplicate_key, entry->place, written->place.text(), path);
    } else if (entry) {
      label.texts[i] = entry->text;
    } else {
      report_missing(language, owner, path);
    }
  }
  return label;
}

Label Reading::remark(const Node* written) {
  const std::string path = fmt::format("{}", fmt::join(path_, "."));
  labels_.push_back(path);
  std::string text_as_written;
  text().read(*this, *written, text_as_written);
  Label label;
  for (std::size_t i = 0; i < language_tags.size(); ++i) {
    const auto language = static_cast<Language>(i);
    Texts::Entry* const entry = texts_.find(language, path);
    if (entry) entry->used = true;
    if (entry && language == language_)
      report(RefusalCode::pack_duplicate_key, entry->place, written->place.text(), path);
    label.texts[i] = entry && language != language_ ? entry->text : text_as_written;
  }
  return label;
}

// A language without a file is one finding, not one for each label.
void Reading::report_missing(Language language, const Node& owner, const std::string& path) {
  if (owner.cut || !texts_.is_complete(language)) return;
  const std::string file = fmt::format("i18n/{}.yaml", tag_of(language));
  if (!texts_.has_file(language)) {
    bool& reported = reported_file_[static_cast<std::size_t>(language)];
    if (reported) return;
    reported = true;
  }
  report(RefusalCode::pack_no_label, owner.place, file, path);
}

namespace reading {

bool is_scalar(Reading& reading, const Node& node, const std::string& expected) {
  if (node.kind == NodeKind::scalar) return true;
  reading.report_type(node, expected);
  return false;
}

bool is_map(Reading& reading, const Node& node) {
  if (node.kind == NodeKind::map) return true;
  reading.report_type(node, "map");
  return false;
}

bool is_list(Reading& reading, const Node& node) {
  if (node.kind == NodeKind::list) return true;
  reading.report_type(node, "list");
  return false;
}

std::string_view unknown_key(Reading& reading, const Member& member,
                             const std::vector<std::string_view>& keys) {
  reading.report(RefusalCode::pack_unknown_key, member.place, nearest_or_all(member.key, keys),
                 member.key);
  return nearest_word(member.key, keys);
}

void unknown_word(Reading& reading, const Node& node, const std::vector<std::string_view>& words) {
  reading.report(RefusalCode::pack_unknown_word, node.place, nearest_or_all(node.text, words),
                 node.text);
}

void later_key(Reading& reading, const Member& member) {
  reading.report(RefusalCode::pack_later, member.place, "", member.key);
  reading.leave_unread(member.key);
}

std::string step_of(const Node& item, std::size_t index) {
  const Node* const id = item.find("id");
  const Node* const written = id ? id : item.find("rung");
  return written && written->kind == NodeKind::scalar ? written->text : std::to_string(index);
}

void one_of_keys(Reading& reading, const Node& node, const std::vector<std::string_view>& keys) {
  if (node.kind != NodeKind::map) return;
  // A misspelt one was reported as such.
  const auto is_one = [&](const Member& member) { return !nearest_word(member.key, keys).empty(); };
  if (!node.cut && std::none_of(node.members.begin(), node.members.end(), is_one))
    reading.report(RefusalCode::pack_missing_key, node.place, list_of_words(keys), "");
  not_together(reading, node, keys);
}

void not_together(Reading& reading, const Node& node, const std::vector<std::string_view>& keys) {
  const Member* first = nullptr;
  for (const Member& member : node.members) {
    if (std::find(keys.begin(), keys.end(), member.key) == keys.end()) continue;
    if (first && first->key != member.key)
      return reading.report(RefusalCode::pack_shape, member.place, "one of " + list_of_words(keys),
                            first->key + ", " + member.key);
    first = &member;
  }
}

std::string list_of_words(const std::vector<std::string_view>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

Node key_node(const Member& member) {
  Node node;
  node.kind = NodeKind::scalar;
  node.text = member.key;
  node.quoted = true;
  node.place = member.place;
  return node;
}

}  // namespace reading

namespace {

constexpr std::size_t id_characters_max = 64;

std::optional<std::int64_t> integer_of(const Node& node) {
  static const Pattern pattern("-?(0|[1-9][0-9]{0,17})");
  if (node.quoted || node.text.size() > 19 || !pattern.matches(node.text)) return {};
  std::int64_t value = 0;
  std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
  return value;
}

// What a reader of YAML 1.1 or 1.2 takes for a number: 1.0, 0x1F, 1e3, .inf, and 12:30 as base 60.
bool reads_as_number(std::string_view text) {
  static const Pattern pattern(
      "[-+]?(0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
      "|([0-9][0-9_]*(\\.[0-9_]*)?|\\.[0-9_]+)([eE][-+]?[0-9]+)?|\\.(inf|Inf|INF|nan|NaN|NAN))");
  return pattern.matches(text);
}

}  // namespace

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > id_characters_max || is_reserved_word(text)) return false;
  if (text[0] < 'a' || text[0] > 'z') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_plain_text(const Node& node) {
  return node.kind == NodeKind::scalar &&
         (node.quoted || (!is_reserved_word(node.text) && !reads_as_number(node.text)));
}

Value value_of(const Node& node) {
  if (node.kind == NodeKind::list) {
    Value::List items;
    for (const Node& item : node.items) items.push_back(value_of(item));
    return items;
  }
  if (node.kind == NodeKind::map) {
    Value object{Value::Object{}};
    for (const Member& member : node.members) object.set(member.key, value_of(member.value));
    return object;
  }
  if (node.kind != NodeKind::scalar) return {};
  if (const auto integer = integer_of(node)) return *integer;
  if (!node.quoted && (node.text == "true" || node.text == "false")) return node.text == "true";
  return node.text;
}

Form<std::string> id() {
  const std::string expected = "id [a-z][a-z0-9_]*";
  return {[expected](Reading& reading, const Node& node, std::string& out) {
            if (!reading::is_scalar(reading, node, expected)) return;
            if (!is_id(node.text)) return reading.report_type(node, expected);
            out = node.text;
          },
          expected, shape::id()};
}

Form<std::string> token() {
  const std::string expected = "token [A-Za-z0-9][A-Za-z0-9._-]*";
  return {[expected](Reading& reading, const Node& node, std::string& out) {
            if (!is_plain_text(node)) return reading.report_type(node, "text in quotes");
            const std::string& text = node.text;
            const auto is_letter = [](unsigned char c) { return std::isalnum(c) != 0; };
            if (text.empty() || text.size() > id_characters_max || !is_letter(text[0]) ||
                !std::all_of(text.begin(), text.end(), [&](char c) {
                  return is_letter(c) || c == '.' || c == '_' || c == '-';
                }))
              return reading.report_type(node, expected);
            out = text;
          },
          expected, shape::text("^[A-Za-z0-9][A-Za-z0-9._-]*$")};
}

Form<std::string> text() {
  return {[](Reading& reading, const Node& node, std::string& out) {
            if (!is_plain_text(node)) return reading.report_type(node, "text in quotes");
            if (trimmed(node.text).empty()) return reading.report_type(node, "text");
            out = to_nfc(node.text);
          },
          "text", shape::text()};
}

Form<std::int64_t> integer(std::int64_t min, std::int64_t max) {
  const std::string expected = fmt::format("integer {} to {}", min, max);
  return {[=](Reading& reading, const Node& node, std::int64_t& out) {
            if (!reading::is_scalar(reading, node, expected)) return;
            const auto value = integer_of(node);
            if (!value) return reading.report_type(node, expected);
            if (*value < min || *value > max)
              return reading.report(RefusalCode::pack_range, node.place, expected, node.text);
            out = *value;
          },
          expected, shape::integer(min, max)};
}

Form<bool> boolean() {
  return {[](Reading& reading, const Node& node, bool& out) {
            if (node.kind != NodeKind::scalar || node.quoted ||
                (node.text != "true" && node.text != "false"))
              return reading.report_type(node, "true, false");
            out = node.text == "true";
          },
          "true, false", shape::boolean()};
}

Form<Date> date() {
  return {[](Reading& reading, const Node& node, Date& out) {
            if (!reading::is_scalar(reading, node, "date YYYY-MM-DD")) return;
            const auto day = Date::parse(node.text);
            if (!day) return reading.report_type(node, "date YYYY-MM-DD");
            out = *day;
          },
          "date YYYY-MM-DD", shape::date()};
}

Form<Duration> duration() {
  return {[](Reading& reading, const Node& node, Duration& out) {
            const std::vector<std::string_view> units(duration_units.begin(), duration_units.end());
            if (!reading::is_map(reading, node)) return;
            if (node.members.size() != 1 && !node.cut)
              return reading.report_type(node, "one of " + reading::list_of_words(units));
            for (const Member& member : node.members) {
              const auto unit = std::find(units.begin(), units.end(), member.key);
              if (unit == units.end()) {
                reading::unknown_key(reading, member, units);
                continue;
              }
              out.unit = static_cast<DurationUnit>(unit - units.begin());
              integer(0, duration_count_max).read(reading, member.value, out.count);
            }
          },
          "duration", shape::duration()};
}

Form<Node> raw() {
  return {[](Reading&, const Node& node, Node& out) { out = node; }, "anything"};
}

Form<std::vector<Term>> terms() {
  return {[](Reading& reading, const Node& node, std::vector<Term>& out) {
            if (!reading::is_list(reading, node)) return;
            std::map<std::string, Place> seen;
            for (const Node& item : node.items) {
              Term term;
              id().read(reading, item, term.code);
              if (term.code.empty()) continue;
              const auto [first, fresh] = seen.emplace(term.code, item.place);
              if (!fresh) {
                reading.report(RefusalCode::pack_duplicate_key, item.place, first->second.text(),
                               term.code);
                continue;
              }
              const Reading::Step step(reading, term.code);
              term.title = reading.label(item, nullptr);
              out.push_back(std::move(term));
            }
          },
          "list of ids", shape::list(shape::id())};
}

}  // namespace huilu::policy
