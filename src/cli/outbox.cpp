#include "cli/outbox.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "api/deadlines.h"
#include "compliance/load_facts.h"
#include "notice/rules.h"
#include "outbox/write.h"

namespace huilu::cli {

namespace {

constexpr int accounts_at_once = 100;

std::optional<std::string> text_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return {};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

outbox::Agenda agenda_of(const std::vector<api::Due>& due) {
  outbox::Agenda agenda;
  for (const auto& one : due) {
    ++agenda.things;
    if (one.day) agenda.nearest = std::min(agenda.nearest.value_or(*one.day), *one.day);
  }
  return agenda;
}

// For those who want one today and have none yet: what is due is looked at once for all of them.
std::vector<outbox::NewMessage> digests_for(const api::Services& services,
                                            store::Connection& reader,
                                            const std::vector<AccountId>& accounts) {
  struct Wanted {
    AccountId account;
    outbox::Choice choice;
    outbox::LastDigest last;
  };
  const Date today = services.clock.today();
  const Instant now = services.clock.now();
  const store::Transaction snapshot(reader, store::Access::read);
  std::vector<Wanted> wanted;
  std::vector<api::Call> calls;
  for (const AccountId account : accounts) {
    auto choice = outbox::choice_of(reader, account);
    const auto last = outbox::last_digest(reader, account, today, now);
    if (!choice || last.is_made || !services.outbox->offers(choice->channel)) continue;
    wanted.push_back({account, std::move(*choice), last});
    api::Call& call = calls.emplace_back(services, http::Request{});
    call.who.account = account;
    call.today = today;
    call.reader = &reader;
  }
  const auto due = api::what_is_due(calls);
  std::vector<outbox::NewMessage> digests;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto& [account, choice, last] = wanted[i];
    auto digest = outbox::digest_of(account, choice, agenda_of(due[i]), last, today, now);
    if (digest) digests.push_back(std::move(*digest));
  }
  return digests;
}

}  // namespace

outbox::Setup read_outbox(const std::string& path, const Console& console) {
  const auto text = text_of_file(path);
  if (!text) throw WrongUsage(console.say("outbox_file", {{"file", path}}));
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  auto setup = outbox::read_setup(
      *text, [&](const std::string& name) { return text_of_file(folder / name); },
      [](const std::string& name) -> std::optional<std::string> {
        const char* const value = std::getenv(name.c_str());
        return value == nullptr ? std::nullopt : std::optional<std::string>(value);
      });
  if (setup) {
    const auto in_folder = [&](std::string& name) {
      if (!name.empty()) name = (folder / name).string();
    };
    if (setup->mail) in_folder(setup->mail->ca_file);
    if (setup->webhook) in_folder(setup->webhook->ca_file);
    return std::move(setup).value();
  }
  std::string all;
  for (const auto& refusal : setup.refusals()) {
    all += (all.empty() ? "" : "\n") + path + ": " + refusal.where + ": " +
           words::message(console.language(), refusal);
  }
  throw WrongUsage(all);
}

bool Hours::is_open(Instant now) {
  const std::lock_guard lock(mutex_);
  const Date today = Zone{}.date_of(now);
  if (day_ != today) {
    auto reader = services_.readers.lend();
    calendar_.emplace(compliance::load_policy(*reader, services_.packs).calendar, today);
    day_ = today;
  }
  return notice::release_of(notice::Kind::assigned, now, *calendar_).ms <= now.ms;
}

bool write_digests(const api::Services& services, Hours& hours) {
  if (services.outbox == nullptr || !hours.is_open(services.clock.now())) return false;
  auto reader = services.readers.lend();
  AccountId after;
  while (true) {
    const auto accounts = outbox::digest_accounts(*reader, after, accounts_at_once);
    const auto digests = digests_for(services, *reader, accounts);
    if (!digests.empty()) {
      services.side_writer.with([&](store::Connection& connection) {
        outbox::write_digests(connection, digests, services.clock.now());
      });
    }
    if (accounts.size() < static_cast<std::size_t>(accounts_at_once)) return true;
    after = accounts.back();
  }
}

Leaving::Leaving(const api::Services& services, outbox::Gauges& gauges,
                 std::unique_ptr<courier::Courier> courier)
    : hours_(services),
      courier_(courier ? std::move(courier) : courier::network_courier(services.outbox->timeout)),
      delivery_(
          services.database, *services.outbox, *courier_, services.clock,
          [this](Instant now) { return hours_.is_open(now); }, gauges) {
  delivery_.start();
}

}  // namespace huilu::cli
