// What leaves the house, as `serve` does it: the setup's file, the hours at which people are told
// things, the digests of a working day, and the workers that deliver.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "api/call.h"
#include "calendar/working_days.h"
#include "cli/console.h"
#include "outbox/delivery.h"
#include "outbox/setup.h"

namespace huilu::cli {

// WrongUsage with every fault of the file; secrets are read from files and variables that it names.
outbox::Setup read_outbox(const std::string& path, const Console& console);

// The hours of work of working days, by the calendar in force; read once a day.
class Hours {
 public:
  explicit Hours(const api::Services& services) : services_(services) {}
  bool is_open(Instant now);

 private:
  const api::Services& services_;
  std::mutex mutex_;
  std::optional<Date> day_;
  std::optional<calendar::WorkingDays> calendar_;
};

// Today's digests, once the hours have begun; false: they have not, or nobody is sent anything.
bool write_digests(const api::Services& services, Hours& hours);

class Leaving {
 public:
  // `courier`: instead of the network.
  Leaving(const api::Services& services, outbox::Gauges& gauges,
          std::unique_ptr<courier::Courier> courier = {});

 private:
  Hours hours_;
  std::unique_ptr<courier::Courier> courier_;
  outbox::Delivery delivery_;
};

}  // namespace huilu::cli
