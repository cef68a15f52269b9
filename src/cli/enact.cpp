#include "cli/enact.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/value.h"
#include "cli/arguments.h"
#include "cli/units.h"
#include "enactment/commands.h"
#include "enactment/forms.h"
#include "policy/declarations.h"

namespace huilu::cli {

namespace {

constexpr std::string_view activated_here = "activated on the command line";
constexpr std::string_view revisions_key = "calendar_revisions";

std::string last_version(const std::vector<policy::Pack>& packs, const std::string& id) {
  std::string version;
  for (const policy::Pack& pack : packs) {
    if (pack.id == id) version = pack.version;
  }
  return version;
}

Result<enactment::NewActivation> read_activation(Installation& installation,
                                                 const EnactOptions& options) {
  Refusals refusals;
  enactment::NewActivation activation;
  activation.pack = options.pack;
  activation.pack_version =
      options.version.empty() ? last_version(installation.packs(), options.pack) : options.version;
  const auto from = read_date(options.from, "--from", refusals);
  activation.span = {from.value_or(installation.clock().today()),
                     read_date(options.until, "--until", refusals)};
  if (!options.unit.empty()) {
    const auto unit = find_unit(*installation.readers().lend(), options.unit, "--unit",
                                installation.clock().today());
    if (unit) {
      activation.unit = *unit;
    } else {
      refusals.push_back(unit.refusals().front());
    }
  }
  activation.reason = options.reason.empty() ? activated_here : options.reason;
  if (!refusals.empty()) return refusals;
  return activation;
}

Result<std::vector<calendar::Revision>> read_revisions(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (!in || std::filesystem::is_directory(path)) {
    throw Fault(FaultKind::unavailable, path + " cannot be read");
  }
  policy::YamlFile file = policy::read_yaml(path, bytes);
  if (!file.findings.empty()) return std::move(file.findings);
  policy::Texts texts;
  policy::Reading reading(texts, policy::Language::zh_cn);
  std::vector<calendar::Revision> revisions;
  for (const policy::Member& member : file.root.members) {
    if (member.key == revisions_key) {
      policy::list_of(policy::revision_form()).read(reading, member.value, revisions);
    } else {
      reading.report(RefusalCode::pack_unknown_key, member.place, std::string(revisions_key),
                     member.key);
    }
  }
  if (!reading.findings().empty()) return std::move(reading.findings());
  return revisions;
}

bool is_same(const calendar::Revision& a, const calendar::Revision& b) {
  return a.id == b.id && a.year == b.year && a.published == b.published && a.source == b.source &&
         enactment::days_form(a) == enactment::days_form(b);
}

std::vector<calendar::Revision> known_revisions(Installation& installation) {
  auto known = enactment::calendar_revisions(*installation.readers().lend());
  for (const policy::Pack& pack : installation.packs()) {
    known.insert(known.end(), pack.revisions.begin(), pack.revisions.end());
  }
  return known;
}

}  // namespace

Exit activate_pack(const EnactOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  auto activation = read_activation(installation, options);
  if (!activation) return console.refuse(activation.refusals());
  const auto proposed = installation.run(std::make_unique<enactment::ProposeActivation>(
      installation.packs(), std::move(*activation), std::vector<UnitId>()));
  if (!proposed) return console.refuse(proposed.refusals());
  const auto id = ActivationId::parse(*proposed->body.find("id")->text());
  const auto found = enactment::find_activation(*installation.readers().lend(), *id);
  const auto confirmed = installation.run(std::make_unique<enactment::ConfirmProposal>(
      enactment::proposed(*found), found->version, std::vector<UnitId>()));
  if (!confirmed) return console.refuse(confirmed.refusals());
  console.out() << to_json(confirmed->body) << "\n";
  return Exit::done;
}

Exit import_calendar(const EnactOptions& options, Console& console) {
  const SystemClock clock;
  Installation installation(options.location, clock);
  auto read = read_revisions(options.path);
  if (!read) return console.refuse(read.refusals());
  const auto known = known_revisions(installation);
  std::vector<calendar::Revision> fresh;
  for (auto& revision : *read) {
    const bool there = std::ranges::any_of(
        known, [&](const calendar::Revision& one) { return is_same(one, revision); });
    if (!there) fresh.push_back(std::move(revision));
  }
  const auto unchanged = static_cast<std::int64_t>(read->size() - fresh.size());
  Value done = Value::object({{"imported", 0}});
  if (!fresh.empty()) {
    auto reply = installation.run(std::make_unique<enactment::ImportRevisions>(
        installation.packs(), std::move(fresh), std::vector<UnitId>()));
    if (!reply) {
      Refusals refusals = reply.take_refusals();
      for (Refusal& refusal : refusals) refusal.where = options.path + refusal.where;
      return console.refuse(refusals);
    }
    done = std::move(reply->body);
  }
  done.set("unchanged", unchanged);
  console.out() << to_json(done) << "\n";
  return Exit::done;
}

}  // namespace huilu::cli
