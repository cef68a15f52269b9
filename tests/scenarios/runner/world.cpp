#include "tests/scenarios/runner/world.h"

#include "base/seal.h"
#include "cli/installation.h"
#include "cli/verify.h"
#include "http/files.h"

namespace huilu::scenario {

namespace {

using store::testing::Happening;
using store::testing::Moment;

constexpr std::chrono::seconds writer_patience{30};

// Every way out is offered, and nobody delivers: stories end where a message waits.
outbox::Setup outbox_setup() {
  outbox::Setup setup;
  setup.link = "https://huilu.example";
  setup.key = std::string(seal_key_bytes, 'k');
  setup.mail = outbox::MailServer{"smtps://mail.example", "huilu@mail.example", "", "", ""};
  setup.webhook = outbox::Webhook{"https://bridge.example", "a secret of some length", ""};
  return setup;
}

}  // namespace

std::optional<StoreMood> store_mood_from(std::string_view word) {
  if (word == "well") return StoreMood::well;
  if (word == "held") return StoreMood::held;
  if (word == "unavailable") return StoreMood::unavailable;
  if (word == "full") return StoreMood::full;
  if (word == "broken") return StoreMood::broken;
  return {};
}

World::World(store::Dialect dialect, Instant now, std::vector<std::string> packs)
    : database_(dialect, cli::all_migrations()), clock_(now) {
  options_.location.data = database_.folder();
  if (dialect == store::Dialect::postgres) options_.location.postgres = database_.url();
  options_.location.packs = std::move(packs);
  options_.outbox = outbox_setup();
  options_.api.journal_wait = std::chrono::milliseconds(10);
  start();
}

World::~World() { set_store(StoreMood::well); }

void World::start() {
  backend_ =
      std::make_unique<cli::Backend>(options_, clock_,
                                     std::make_unique<store::testing::WatchedDatabase>(
                                         cli::open_database(options_.location),
                                         [this](const Happening& happening) { watch(happening); }));
  turn_.emplace(backend_->services());
  turn_->take();
}

void World::end() {
  turn_->finish();
  turn_.reset();
  backend_.reset();
}

void World::set_clock(Instant at) {
  const bool another_day = Zone{}.date_of(at) != clock_.today();
  clock_.set(at);
  if (another_day) turn_->take();
}

void World::set_store(StoreMood mood) {
  {
    const std::lock_guard lock(mutex_);
    mood_ = mood;
  }
  changed_.notify_all();
}

void World::await_writer() {
  std::unique_lock lock(mutex_);
  if (!changed_.wait_for(lock, writer_patience, [this] { return waiting_ > 0; })) {
    throw Fault(FaultKind::timeout, "nobody came to write");
  }
}

void World::tell(store::testing::Watch watch) {
  const std::lock_guard lock(mutex_);
  told_ = std::move(watch);
}

void World::watch(const Happening& happening) {
  {
    const std::lock_guard lock(mutex_);
    if (told_) told_(happening);
  }
  if (happening.access != store::Access::write || happening.moment != Moment::beginning) return;
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.notify_all();
  changed_.wait(lock, [this] { return mood_ != StoreMood::held; });
  --waiting_;
  switch (mood_) {
    case StoreMood::unavailable:
      throw Fault(FaultKind::unavailable, "the database is down, as the scenario says");
    case StoreMood::full:
      throw Fault(FaultKind::storage_full, "the disk is full, as the scenario says");
    case StoreMood::broken:
      throw Fault(FaultKind::internal, "the database is broken, as the scenario says");
    default:
      return;
  }
}

std::future<http::Response> hand_over(cli::Backend& backend, http::Request request) {
  auto& api = backend.api();
  const auto plan = api.plan(request);
  const auto upload = std::make_shared<http::TemporaryFile>();
  if (request.body.size() > plan.limit) {
    request.body_too_large = true;
    request.body.clear();
  } else if (plan.to_file && !request.body.empty()) {
    if (!upload->create(backend.incoming()) || !upload->append(request.body)) {
      throw Fault(FaultKind::storage_full, "an upload cannot be written");
    }
    request.body.clear();
    request.body_file = upload->path();
  }
  const auto promise = std::make_shared<std::promise<http::Response>>();
  auto future = promise->get_future();
  api.handle(std::move(request), [promise, upload](http::Response response) {
    promise->set_value(std::move(response));
  });
  return future;
}

std::vector<journal::Damage> World::damages() {
  return cli::verify_database(backend_->installation().database(), options_.location).damages;
}

}  // namespace huilu::scenario
