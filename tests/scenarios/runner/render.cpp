#include "tests/scenarios/runner/render.h"

#include <algorithm>

#include "base/text.h"
#include "policy/reader.h"

namespace huilu::scenario {

namespace {

constexpr std::size_t columns_max = 100;

// A wide character takes two columns; exact enough for Chinese beside ASCII.
std::size_t columns(std::string_view text) {
  const std::size_t characters = count_characters(text);
  return characters + (text.size() - characters) / 2;
}

bool is_plain(const std::string& text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
  if (std::string_view("-?:!&*|>'\"%@`#").find(text.front()) != std::string_view::npos)
    return false;
  if (text.find_first_of("{}[],\n\\") != std::string::npos) return false;
  if (text.find(": ") != std::string::npos || text.find(" #") != std::string::npos) return false;
  policy::Node node;
  node.kind = policy::NodeKind::scalar;
  node.text = text;
  return policy::is_plain_text(node);
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out + '"';
}

std::string scalar(const Value& value, const Names& names) {
  if (value.is_null()) return "null";
  if (const auto* flag = value.boolean()) return *flag ? "true" : "false";
  if (const auto* number = value.integer()) return std::to_string(*number);
  const std::string& text = *value.text();
  const std::string written = names.written(text);
  const bool name = written != text && written.find('{') == std::string::npos;
  // A text that happens to be a name would be taken for it.
  return name || (is_plain(written) && !names.knows(written)) ? written : quoted(written);
}

std::string key_text(const std::string& key) { return is_plain(key) ? key : quoted(key); }

bool is_collection(const Value& value) {
  return value.list() != nullptr || value.object() != nullptr;
}

std::string block(const Value& value, int indent, const Names& names);

// "key: value" or "- value", in a block that begins at `indent`.
std::string entry(const std::string& begin, const Value& value, int indent, const Names& names) {
  const std::string line = std::string(static_cast<std::size_t>(indent), ' ') + begin;
  const std::string on_line = line + " " + flow(value, names);
  if (!is_collection(value) || columns(on_line) <= columns_max) return on_line + "\n";
  return line + "\n" + block(value, indent + 2, names);
}

std::string block(const Value& value, int indent, const Names& names) {
  std::string out;
  if (value.object() != nullptr) {
    for (const auto& [key, member] : value.object()->members) {
      out += entry(key_text(key) + ":", member, indent, names);
    }
  } else {
    for (const Value& item : *value.list()) out += entry("-", item, indent, names);
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view file) {
  auto lines = split(file, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::size_t indent_of(std::string_view line) { return line.find_first_not_of(' '); }

// The line after the last one of the key's value: those below it that stand further right.
std::size_t end_of_value(const std::vector<std::string_view>& lines, std::size_t line,
                         std::size_t column) {
  std::size_t end = line + 1;
  for (std::size_t i = end; i < lines.size(); ++i) {
    const auto indent = indent_of(lines[i]);
    if (indent == std::string_view::npos) continue;
    // A list may stand under its key without being moved to the right.
    const bool item = indent == column && lines[i].substr(indent).starts_with("- ");
    if (indent < column || (indent == column && !item)) break;
    end = i + 1;
  }
  return end;
}

}  // namespace

std::string flow(const Value& value, const Names& names) {
  std::string out;
  const auto separate = [&] { out += out.size() > 1 ? ", " : ""; };
  if (value.object() != nullptr) {
    out = "{";
    for (const auto& [key, member] : value.object()->members) {
      separate();
      out += key_text(key) + ": " + flow(member, names);
    }
    return out + "}";
  }
  if (value.list() != nullptr) {
    out = "[";
    for (const Value& item : *value.list()) {
      separate();
      out += flow(item, names);
    }
    return out + "]";
  }
  return scalar(value, names);
}

std::string after_key(std::string_view key, const Value& value, int indent, const Names& names) {
  const std::string whole = entry(std::string(key) + ":", value, indent, names);
  return whole.substr(static_cast<std::size_t>(indent) + key.size() + 1);
}

std::string replaced(std::string_view file, const std::vector<Replacement>& replacements) {
  auto sorted = replacements;
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.key.line < b.key.line; });
  const auto lines = lines_of(file);
  std::string out;
  std::size_t next = 0;
  for (const auto& [key, text] : sorted) {
    const auto line = static_cast<std::size_t>(key.line) - 1;
    const auto column = static_cast<std::size_t>(key.column) - 1;
    const auto before = lines[line].substr(0, column);
    if (before.find_first_not_of(" -") != std::string_view::npos) {
      throw Miswritten(key.text() + ": what is rewritten has to begin a line");
    }
    for (; next < line; ++next) out.append(lines[next]).append("\n");
    out.append(lines[line].substr(0, lines[line].find(':', column) + 1)).append(text);
    next = end_of_value(lines, line, column);
  }
  for (; next < lines.size(); ++next) out.append(lines[next]).append("\n");
  return out;
}

}  // namespace huilu::scenario
