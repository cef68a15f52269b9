#include "cli/verify.h"

#include <fmt/format.h>

#include "ballot/queries.h"
#include "base/value.h"
#include "campaign/queries.h"
#include "compliance/queries_closing.h"
#include "document/queries.h"
#include "enactment/known_packs.h"
#include "enactment/queries.h"
#include "exemption/queries.h"
#include "feed/queries.h"
#include "identity/queries.h"
#include "matter/queries.h"
#include "notice/queries.h"
#include "org/verify.h"
#include "outbox/queries.h"
#include "record/queries.h"
#include "round/queries.h"

namespace huilu::cli {

namespace {

void add(std::vector<journal::Damage>& damages, std::vector<journal::Damage> more) {
  damages.insert(damages.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
}

void verify_rows(store::Connection& connection, const Location& location,
                 journal::Verified& verified) {
  for (auto& what : store::damages_of_file(connection)) {
    verified.damages.push_back({"huilu.db", "-", std::move(what)});
  }
  auto of_journal = journal::verify(connection);
  verified.entries = of_journal.entries;
  verified.commitments = of_journal.commitments;
  add(verified.damages, std::move(of_journal.damages));
  add(verified.damages, org::verify(connection));
  add(verified.damages, identity::verify(connection));
  add(verified.damages, enactment::verify(connection));
  add(verified.damages, campaign::verify(connection));
  add(verified.damages, exemption::verify(connection));
  add(verified.damages, matter::verify(connection));
  add(verified.damages, ballot::verify(connection));
  add(verified.damages, notice::verify(connection));
  add(verified.damages, round::verify(connection));
  add(verified.damages, outbox::verify(connection));
  add(verified.damages, feed::verify(connection));
  add(verified.damages, document::verify(connection));
  add(verified.damages, compliance::verify(connection));
  const auto packs = enactment::known_packs(load_packs(location), connection);
  const record::Catalog catalog(packs, connection);
  add(verified.damages, record::verify(connection, catalog, location.files()));
}

// A page that cannot be read is found damage too, and ends what can be compared.
template <class Work>
void or_damage(const store::Database& database, journal::Verified& verified, Work work) {
  try {
    work();
  } catch (const Fault& fault) {
    if (fault.kind() != FaultKind::damaged) throw;
    verified.damages.push_back({database.describe(), "-", fault.what()});
  }
}

}  // namespace

journal::Verified verify_database(store::Database& database, const Location& location) {
  journal::Verified verified;
  or_damage(database, verified, [&] {
    const auto connection = database.connect(store::Access::read);
    store::Transaction snapshot(*connection, store::Access::read);
    verify_rows(*connection, location, verified);
    snapshot.commit();
  });
  return verified;
}

Exit tell_damages(const journal::Verified& verified, Console& console) {
  Value::List list;
  for (const auto& damage : verified.damages) {
    if (console.json()) {
      list.push_back(
          Value::object({{"table", damage.table}, {"id", damage.id}, {"what", damage.what}}));
    } else {
      console.out() << fmt::format("{} {}: {}\n", damage.table, damage.id, damage.what);
    }
  }
  const std::string summary =
      console.say("verified", {{"entries", std::to_string(verified.entries)},
                               {"commitments", std::to_string(verified.commitments)},
                               {"damages", std::to_string(verified.damages.size())}});
  if (console.json()) {
    console.out() << to_json(Value(std::move(list))) << "\n";
    console.tell(summary);
  } else {
    console.out() << summary << "\n";
  }
  return verified.damages.empty() ? Exit::done : Exit::damaged;
}

Exit verify(const Location& location, Console& console) {
  const auto database = open_present_database(location);
  return tell_damages(verify_database(*database, location), console);
}

}  // namespace huilu::cli
