// Simulations: what a version of a pack, or a value, would do. The work is a job, one at a time;
// nothing of it is written but how far the job is and what it found.
#include <atomic>

#include "api/enactment_views.h"
#include "api/explaining.h"
#include "api/routes.h"
#include "compliance/load_facts.h"
#include "compliance/simulation_view.h"
#include "enactment/forms.h"
#include "enactment/rules.h"
#include "obligation/context.h"
#include "org/queries.h"

namespace huilu::api {

namespace {

using command::Permission;
using compliance::Supposition;

constexpr std::size_t pack_files_max = 500;
constexpr std::size_t file_characters_max = 1 << 20;
constexpr std::int64_t homes_max = 200;

// What is supposed, as the body says it; owns the pack that was sent along.
struct AskedSimulation {
  std::optional<policy::Pack> sent;
  Supposition supposition;
  Date on;
  UnitId below;
  std::size_t homes = 20;
};

void read_files(Members& in, const std::vector<policy::Pack>& known, AskedSimulation& out,
                Refusals& refusals) {
  const Value::List* const list = in.list("files", pack_files_max);
  if (list == nullptr) return;
  std::vector<policy::PackFile> files;
  for (std::size_t i = 0; i < list->size(); ++i) {
    Members file((*list)[i], in.at("files") + "/" + std::to_string(i), refusals);
    std::string path = file.text("path", 200);
    files.push_back({std::move(path), file.text("text", file_characters_max)});
    file.finish();
  }
  if (!refusals.empty()) return;
  auto pack = policy::load_pack(files, known);
  if (!pack) {
    refusals = pack.take_refusals();
    return;
  }
  out.sent = std::move(*pack);
}

void read_known(Members& in, const std::vector<policy::Pack>& packs, Supposition& out,
                Refusals& refusals) {
  const auto id = in.optional_text("pack", 64), version = in.optional_text("version", 32);
  if (!id) return;
  out.pack = enactment::find_pack(packs, *id, version.value_or(""));
  if (out.pack == nullptr)
    refusals.push_back(
        {RefusalCode::unknown_pack, "/pack", "", *id + " " + version.value_or(""), ""});
}

void read_supposed_value(Members& in, const std::vector<policy::Pack>& packs, Supposition& out,
                         Refusals& refusals) {
  const auto parameter = in.optional_text("parameter", 200);
  const Value* const value = in.value("value");
  if (!parameter) return;
  const auto declared = enactment::declarations_of(packs, *parameter);
  if (declared.empty())
    refusals.push_back({RefusalCode::unknown_parameter, "/parameter", "", *parameter, ""});
  compliance::SupposedValue supposed{*parameter, {}};
  supposed.value.basis = policy::Basis::decision;
  for (const policy::Parameter* const one : declared) {
    supposed.value.value.reset();
    supposed.value.table.clear();
    enactment::read_value(value == nullptr ? Value() : *value, *one, "/value", supposed.value,
                          refusals);
    if (!refusals.empty()) return;
  }
  out.value = std::move(supposed);
}

// The members that say what is supposed; the caller reads its own and finishes.
void read_supposition(Members& in, const Call& call, AskedSimulation& out, Refusals& refusals) {
  const auto& packs = call.services.packs;
  read_files(in, packs, out, refusals);
  read_known(in, packs, out.supposition, refusals);
  read_supposed_value(in, packs, out.supposition, refusals);
  if (out.sent) out.supposition.pack = &*out.sent;
  out.on = in.optional_date("on").value_or(call.today);
  if (out.on > call.today)
    in.refuse(RefusalCode::date_in_future, "on", "not after " + call.today.text(), out.on.text());
  const int said = (out.supposition.pack != nullptr ? 1 : 0) + (out.supposition.value ? 1 : 0);
  if (refusals.empty() && said != 1)
    refusals.push_back(
        {RefusalCode::field_required, "/parameter", "files, pack, parameter", "", ""});
}

// One simulation at a time: it takes a core for as long as it lasts.
std::atomic_flag simulating = ATOMIC_FLAG_INIT;

class Place {
 public:
  Place() = default;
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { leave(); }

  void leave() {
    if (taken_.exchange(false)) simulating.clear();
  }

 private:
  std::atomic<bool> taken_ = true;
};

// What the job needs when the request is long answered.
struct Work {
  store::Pool& readers;
  const std::vector<policy::Pack>& packs;
  identity::OpenNames open;
  Date today;
  words::Language language;
  AskedSimulation asked;

  Result<Value> run(const command::Progress& progress) const {
    auto reader = readers.lend();
    const store::Transaction snapshot(*reader, store::Access::read);
    const auto policy = compliance::load_policy(*reader, packs);
    const compliance::Supposed supposed(policy, packs, asked.supposition, asked.on);
    compliance::SimulationOptions options{asked.on,    today,    asked.below,
                                          asked.homes, language, progress};
    const auto found = compliance::simulate(*reader, policy, packs, supposed, options);
    return compliance::simulation_view(found, packs, supposed, options, [&](UnitId unit) {
      const auto one = org::unit_on(*reader, unit, today);
      return one && open.open(one->path) ? Value(one->name) : Value();
    });
  }
};

Answer simulate(Call& call) {
  Refusals refusals;
  auto roots = roots_for(call, Permission::pack_propose, {});
  if (!roots) return Answer::no(roots.take_refusals());
  auto asked = std::make_unique<AskedSimulation>();
  Members in(call.body, "", refusals);
  read_supposition(in, call, *asked, refusals);
  asked->below = in.optional_id<UnitId>("unit").value_or(UnitId{});
  const auto homes = in.optional_integer("homes", 0, homes_max);
  if (homes) asked->homes = static_cast<std::size_t>(*homes);
  in.finish();
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  if (simulating.test_and_set()) return Answer::no(RefusalCode::busy);
  auto place = std::make_shared<Place>();
  auto work = std::make_shared<Work>(
      Work{call.services.readers, call.services.packs,
           identity::open_names(*call.reader, call.who.account, call.who.session, call.today),
           call.today, call.language, std::move(*asked)});
  if (work->asked.sent) work->asked.supposition.pack = &*work->asked.sent;
  const auto job = call.services.jobs.start(
      "simulation", call.who.account,
      [work = std::move(work), place = std::move(place)](const command::Progress& progress) {
        auto found = work->run(progress);
        place->leave();
        return found;
      });
  return Answer::of(Value::object({{"job", job.text()}}), 202);
}

// Of one bearer today's explanation and the supposed one, with what decides.
Answer explain_both(Call& call) {
  Refusals refusals;
  auto roots = roots_for(call, Permission::pack_propose, {});
  if (!roots) return Answer::no(roots.take_refusals());
  AskedSimulation asked;
  Members in(call.body, "", refusals);
  read_supposition(in, call, asked, refusals);
  obligation::Question question;
  question.obligation = in.text("obligation", 200);
  question.period = in.text("period", 64);
  const std::string bearer = in.text("bearer", 32);
  in.finish();
  question.at = asked.on;
  question.known = obligation::end_of_day(asked.on);
  if (const auto parsed = obligation::Bearer::parse(bearer)) {
    question.bearer = *parsed;
  } else if (refusals.empty()) {
    refusals.push_back({RefusalCode::field_type, "/bearer", "u1", bearer, ""});
  }
  if (!refusals.empty()) return Answer::no(std::move(refusals));
  const store::Transaction snapshot(*call.reader, store::Access::read);
  const auto& packs = call.services.packs;
  const auto policy = compliance::load_policy(*call.reader, packs);
  const compliance::Supposed supposed(policy, packs, asked.supposition, asked.on);
  const auto explain = [&](const obligation::Facts& facts) {
    return compliance::explain_by(*call.reader, facts, question, compliance::Names::loaded);
  };
  auto now = explain(policy), then = explain(supposed.facts());
  if (!now && !then) return Answer::no(RefusalCode::not_found);
  compliance::Shown shown{};
  if (auto no = may_explain(call, then ? *then : *now, shown); !no.empty())
    return Answer::no(std::move(no));
  const auto view = [&](const std::optional<compliance::Answer>& one,
                        const std::vector<policy::Pack>& of) -> Value {
    if (!one) return {};
    Value out = compliance::explanation_view({one->explanation, one->facts, one->home, shown}, of,
                                             call.language);
    out.set("as_of", as_of(call));
    return out;
  };
  return Answer::of(Value::object({{"today", view(now, packs)},
                                   {"supposed", view(then, supposed.packs())},
                                   {"as_of", as_of(call)}}));
}

}  // namespace

std::vector<Route> simulation_routes() {
  constexpr auto propose = Permission::pack_propose;
  return {
      {http::Method::post, "/simulations", Access::signed_in, propose, Asked::anywhere,
       BodyKind::json, "NewSimulation", "JobStarted", 202,
       "Say as a job what a version of a pack, or a value, would do; nothing is put in force",
       simulate},
      {http::Method::post, "/simulations/explanation", Access::signed_in, propose, Asked::anywhere,
       BodyKind::json, "SimulatedBearer", "SimulatedExplanation", 200,
       "Today's explanation of a bearer and the supposed one", explain_both},
  };
}

}  // namespace huilu::api
