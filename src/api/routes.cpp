#include "api/routes.h"

#include "api/desk.h"

#include <iterator>

namespace huilu::api {

const std::vector<Route>& all_routes() {
  static const std::vector<Route> routes = [] {
    std::vector<Route> all;
    for (auto part :
         {session_routes(),  unit_routes(),        unit_change_routes(),  place_routes(),
          people_routes(),   standing_routes(),    explanation_routes(),  closing_routes(),
          policy_routes(),   coverage_routes(),    enactment_routes(),    document_routes(),
          campaign_routes(), exemption_routes(),   matter_routes(),       record_routes(),
          register_routes(), file_routes(),        import_routes(),       account_routes(),
          journal_routes(),  simulation_routes(),  matter_batch_routes(), merge_routes(),
          ledger_routes(),   ballot_routes(),      indicator_routes(),    waiting_routes(),
          notice_routes(),   round_routes(),       look_back_routes(),    look_back_round_routes(),
          relapse_routes(),  ledger_view_routes(), saved_filter_routes(), outbox_routes(),
          feed_routes(),     unit_draw_routes(),   pack_view_routes(),    pack_review_routes()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return routes;
}

}  // namespace huilu::api
