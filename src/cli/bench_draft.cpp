#include "cli/bench_draft.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/fault.h"
#include "base/text.h"
#include "base/value.h"
#include "document/draft.h"
#include "document/split.h"
#include "org/sheet.h"

namespace huilu::cli {

namespace {

using document::Proposal;

struct Label {
  std::map<std::string, std::string> cells;  // by heading

  std::string of(const std::string& heading) const {
    const auto found = cells.find(heading);
    return found == cells.end() ? std::string() : found->second;
  }
};

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in) throw Fault(FaultKind::unavailable, path.string() + " cannot be read");
  return bytes;
}

std::vector<Label> labels_of(const org::Sheet& sheet) {
  std::vector<Label> out;
  for (const org::SheetRow& row : sheet.rows) {
    if (&row == &sheet.rows.front()) continue;
    Label label;
    for (const org::Cell& heading : sheet.rows.front().cells)
      if (const org::Cell* cell = row.find(heading.column)) label.cells[heading.text] = cell->text;
    out.push_back(std::move(label));
  }
  return out;
}

std::map<std::string, std::vector<Proposal>> proposals_of(const std::string& folder) {
  std::map<std::string, std::vector<Proposal>> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.find('_') == std::string::npos) continue;
    const auto document = document::split_document(bytes_of_file(entry.path()), name);
    if (document) out[name.substr(0, name.find('_'))] = document::draft_duties(*document);
  }
  return out;
}

bool finds(const Proposal& proposal, const Label& label) {
  return proposal.clause == label.of("clause") &&
         folded(proposal.words).find(folded(label.of("term"))) != std::string::npos;
}

// Which of the label's fields the proposal has read.
std::map<std::string, bool> fields(const Proposal& proposal, const Label& label) {
  std::map<std::string, bool> out;
  const auto compare = [&](const std::string& heading, const std::string& read) {
    if (!label.of(heading).empty()) out[heading] = read == label.of(heading);
  };
  const std::string number = proposal.number ? std::to_string(*proposal.number) : "";
  compare("actor", proposal.actor.id);
  compare("every", proposal.frequency.id);
  compare("count", proposal.number_is_missing ? "?" : number);
  compare("due", proposal.deadline.id);
  return out;
}

bool all_right(const std::map<std::string, bool>& read) {
  return std::all_of(read.begin(), read.end(), [](const auto& field) { return field.second; });
}

struct Score {
  std::int64_t labels = 0, proposals = 0;
  std::int64_t labels_found = 0, labels_right = 0;
  std::int64_t proposals_wanted = 0, proposals_right = 0;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> fields;  // right, of

  void add(const Score& other) {
    labels += other.labels, proposals += other.proposals;
    labels_found += other.labels_found, labels_right += other.labels_right;
    proposals_wanted += other.proposals_wanted, proposals_right += other.proposals_right;
    for (const auto& [name, count] : other.fields) {
      fields[name].first += count.first;
      fields[name].second += count.second;
    }
  }
};

Score score(const std::vector<Label>& labels, const std::vector<Proposal>& proposals) {
  Score out;
  std::vector<bool> wanted(proposals.size(), false), right(proposals.size(), false);
  for (const Label& label : labels) {
    ++out.labels;
    bool is_found = false, is_right = false;
    std::map<std::string, bool> best;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
      if (!finds(proposals[i], label)) continue;
      const auto read = fields(proposals[i], label);
      wanted[i] = is_found = true;
      if (all_right(read)) right[i] = is_right = true;
      for (const auto& [name, ok] : read) best[name] = best[name] || ok;
    }
    out.labels_found += is_found ? 1 : 0;
    out.labels_right += is_right ? 1 : 0;
    for (const auto& [name, ok] : best) {
      out.fields[name].first += ok ? 1 : 0;
      ++out.fields[name].second;
    }
  }
  out.proposals = static_cast<std::int64_t>(proposals.size());
  out.proposals_wanted = std::count(wanted.begin(), wanted.end(), true);
  out.proposals_right = std::count(right.begin(), right.end(), true);
  return out;
}

std::int64_t permille(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : (part * 1000 + whole / 2) / whole;
}

Value as_value(const Score& score) {
  Value fields(Value::Object{});
  for (const auto& [name, count] : score.fields)
    fields.set(name, Value::object({{"right", count.first}, {"of", count.second}}));
  return Value::object(
      {{"labels", score.labels},
       {"proposals", score.proposals},
       {"precision_permille", permille(score.proposals_wanted, score.proposals)},
       {"recall_permille", permille(score.labels_found, score.labels)},
       {"all_fields_precision_permille", permille(score.proposals_right, score.proposals)},
       {"all_fields_recall_permille", permille(score.labels_right, score.labels)},
       {"fields", std::move(fields)}});
}

// What an author of word lists looks at: labels that nothing found, proposals that nobody wanted.
void tell_misses(const std::string& name, const std::vector<Label>& labels,
                 const std::vector<Proposal>& proposals, Console& console) {
  for (const Label& label : labels) {
    const bool is_found =
        std::any_of(proposals.begin(), proposals.end(),
                    [&](const Proposal& proposal) { return finds(proposal, label); });
    if (!is_found)
      console.err() << name << " missed " << label.of("clause") << " " << label.of("term") << "\n";
  }
  for (const Proposal& proposal : proposals) {
    const bool is_wanted = std::any_of(labels.begin(), labels.end(),
                                       [&](const Label& label) { return finds(proposal, label); });
    if (!is_wanted)
      console.err() << name << " unwanted " << proposal.clause << " " << proposal.action.id << " "
                    << proposal.words << "\n";
  }
}

}  // namespace

Exit bench_draft(const std::vector<std::string>& arguments, Console& console) {
  if (arguments.size() < 2) throw WrongUsage("draft LABELS.csv FOLDER [misses]");
  const auto sheet = org::read_csv(bytes_of_file(arguments[0]), arguments[0]);
  if (!sheet) return console.refuse(sheet.refusals());
  std::map<std::string, std::vector<Label>> labels;
  for (Label& label : labels_of(*sheet)) labels[label.of("document")].push_back(std::move(label));
  const auto proposals = proposals_of(arguments[1]);
  Score total;
  Value documents(Value::Object{});
  for (const auto& [name, of_document] : labels) {
    const auto found = proposals.find(name);
    if (found == proposals.end()) continue;
    const Score one = score(of_document, found->second);
    total.add(one);
    documents.set(name, as_value(one));
    if (arguments.size() > 2) tell_misses(name, of_document, found->second, console);
  }
  Value out = as_value(total);
  out.set("documents", std::move(documents));
  console.out() << to_json(out) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
