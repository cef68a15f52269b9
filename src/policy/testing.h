// For tests of packs written in a few lines: the head of a pack, labels that are made up where none
// are given, and findings as one text.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "policy/finding.h"
#include "policy/pack.h"

namespace huilu::policy::testing {

constexpr std::string_view trial_head =
    "schema: policypack/2\npack: trial\nversion: \"1.0.0\"\nstatus: draft\ntitle: 试\n"
    "in_force: {from: 2019-01-01, until: null}\ntimezone: Asia/Shanghai\n";

// The worked example of the language, without what later releases read.
constexpr std::string_view contact_points = R"(
documents:
  S0: {name: document-000}
clauses:
  - {id: S0-6.3, doc: S0, at: "6"}
  - {id: S0-6.5, doc: S0, at: "6"}
  - {id: S0-6.6, doc: S0, at: "6", hole: number}
params:
  visits_per_year:
    type: int
    title: 每年走访次数
    unit: 次
    clause: S0-6.6
    bind: period_start
    values:
      - {from: 2019-01-01, value: null, note: number missing in seed}
      - {from: 2024-01-01, value: 3, basis: decision, ref: invented for this example}
      - {from: 2021-01-01, value: 2, basis: assumed, note: number missing in seed}
    review_by: 2026-12-31
  entry_grace:
    title: 补录期限
    type: duration
    clause: S0-6.6
    bind: period_end
    values: [{from: 2019-01-01, value: {workdays: 5}, basis: assumed}]
  min_days_in_post:
    title: 最短任职时间
    type: duration
    clause: S0-6.3
    bind: period_start
    values: [{from: 2019-01-01, value: {days: 90}, basis: assumed}]
record_types:
  contact_point:
    clause: [S0-6.3, S0-6.5]
    title: 基层联系点
    lasts: true
    identity: [holder, host, from]
    fields:
      holder: {type: person, required: true, title: 联系领导}
      host: {type: unit, required: true, title: 联系单位}
      from: {type: date, required: true, title: 起}
      until: {type: date, title: 止}
  contact_visit:
    clause: S0-6.6
    title: 联系点走访
    plannable: true
    identity: [visitor, point, date, part_of_day]
    fields:
      part_of_day: {type: enum, of: [morning, afternoon], title: 时段}
      visitor: {type: person, required: true, title: 走访人}
      point: {type: ref, of: contact_point, required: true, title: 联系点}
      purpose: {type: set, of: [public_opinion, build_org, plan, solve], title: 目的}
      files: {type: list, of: file, title: 附件}
    correction: append_only
    visible: {names: line, counts: line}
obligations:
  contact_visits:
    clause: [S0-6.3, S0-6.6]
    title: 每年深入联系点
    who:
      post:
        kind: leadership_member
        unit.type: [local_committee, government]
        unit.rank: {ge: county}
      in_scope: {at_least: {param: min_days_in_post}}
    every: year
    needs:
      at_least: {param: visits_per_year}
      of:
        record: contact_visit
        where: {visitor: $bearer.holder}
        counts_if: [{point.holder: $bearer.holder, say: 不是本人的联系点}]
      distinct: date
    due: {act: period_end, enter: {after: period_end, by: {param: entry_grace}}, warn: {days: 60}}
    missing: counts_as_zero
    pro_rata: {of: membership_days, round: floor, min: 1}
    exempt:
      reasons: [long_sick_leave, emergency_posting, other]
      approver: unit.parent
      scope: period
    message: 应 {need} 次,已 {have} 次
)";

// One finding a line.
inline std::string lines(const Refusals& findings) {
  std::string text;
  for (const Refusal& finding : findings) text += (text.empty() ? "" : "\n") + line(finding);
  return text;
}

// A label that a language lacks is made up: the path itself. Files of i18n must be there, with {}
// where they are empty.
inline void add_labels(std::vector<PackFile>& files, const std::vector<Pack>& known) {
  const auto loaded = load_pack(files, known);
  if (loaded) return;
  for (const Refusal& finding : loaded.refusals()) {
    if (finding.code != RefusalCode::pack_no_label) continue;
    for (PackFile& file : files) {
      const std::string key = finding.got + ": ";
      const bool is_there =
          file.bytes.starts_with(key) || file.bytes.find("\n" + key) != std::string::npos;
      if (file.path != finding.expected || is_there) continue;
      if (file.bytes == "{}") file.bytes.clear();
      file.bytes += finding.got + ": \"" + finding.got + "\"\n";
    }
  }
}

// The files of pack `trial` whose declarations are `written`, with labels in every language.
inline std::vector<PackFile> trial(std::string_view written, const std::vector<Pack>& known = {}) {
  std::vector<PackFile> files = {{"pack.yaml", std::string(trial_head) + std::string(written)},
                                 {"i18n/zh-CN.yaml", "{}"},
                                 {"i18n/zh-TW.yaml", "{}"},
                                 {"i18n/en.yaml", "{}"}};
  add_labels(files, known);
  return files;
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The blocks of a page, by the name of the file in their first line ("# records.yaml"), and empty
// files of labels.
inline std::vector<PackFile> page_examples(const std::string& path) {
  std::ifstream page(path);
  std::vector<PackFile> files;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      inside = line == "```yaml";
      if (inside && std::getline(page, line)) files.push_back({line.substr(2), ""});
    } else if (inside) {
      files.back().bytes += line + "\n";
    }
  }
  for (const std::string_view tag : language_tags)
    files.push_back({"i18n/" + std::string(tag) + ".yaml", "{}"});
  return files;
}

inline Result<Pack> load_trial(std::string_view written,
                               const std::vector<Pack>& known = {core_pack()}) {
  return load_pack(trial(written, known), known);
}

// Every finding of pack `trial`, one a line; empty: it loads.
inline std::string findings_of(std::string_view written,
                               const std::vector<Pack>& known = {core_pack()}) {
  const auto loaded = load_trial(written, known);
  return loaded.ok() ? std::string() : lines(loaded.refusals());
}

}  // namespace huilu::policy::testing
