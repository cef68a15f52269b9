// The table of routes: method, path, the permission that it asks for and where, and the handler.
// The router, the OpenAPI document and the test of the permission table are all made from it; a
// route without a permission does not compile.
#pragma once

#include <string_view>
#include <vector>

#include "api/call.h"

namespace huilu::api {

enum class Access {
  open,       // no session
  signed_in,  // a session or a bearer token
};

// Where the handler (or its command) asks for the permission.
enum class Asked {
  nowhere,     // being signed in is enough, or the route is open
  anywhere,    // held at any unit, or for the installation
  path_unit,   // at the unit in the path
  body_units,  // at the units that the body or the query names
  lists,       // the list holds only what the permission reaches
};

enum class BodyKind { none, json, file };

struct Route {
  http::Method method;
  std::string_view path;  // "/units/{id}", below /api/v1
  Access access;
  command::Permission permission;
  Asked asked;
  BodyKind body;
  std::string_view request;  // schema of the body, or ""
  std::string_view reply;    // schema of the answer, or ""
  int status;                // of a success
  std::string_view summary;
  Handler handler;
  AsyncHandler async_handler = nullptr;  // instead of `handler`
  std::string_view query = {};           // names of the query's parameters, a blank between them
  std::string_view asking_reply = {};    // schema of the 200 of a write that was only asked about
};

const std::vector<Route>& all_routes();

// Each subject's part of the table.
std::vector<Route> session_routes();
std::vector<Route> unit_routes();
std::vector<Route> unit_change_routes();
std::vector<Route> place_routes();
std::vector<Route> people_routes();
std::vector<Route> standing_routes();
std::vector<Route> explanation_routes();
std::vector<Route> indicator_routes();
std::vector<Route> closing_routes();
std::vector<Route> policy_routes();
std::vector<Route> coverage_routes();
std::vector<Route> enactment_routes();
std::vector<Route> simulation_routes();
std::vector<Route> document_routes();
std::vector<Route> campaign_routes();
std::vector<Route> exemption_routes();
std::vector<Route> matter_routes();
std::vector<Route> matter_batch_routes();
std::vector<Route> merge_routes();
std::vector<Route> ledger_routes();
std::vector<Route> ledger_view_routes();
std::vector<Route> saved_filter_routes();
std::vector<Route> ballot_routes();
std::vector<Route> round_routes();
std::vector<Route> look_back_routes();
std::vector<Route> relapse_routes();
std::vector<Route> look_back_round_routes();
std::vector<Route> unit_draw_routes();
std::vector<Route> pack_view_routes();
std::vector<Route> pack_review_routes();
std::vector<Route> record_routes();
std::vector<Route> register_routes();
std::vector<Route> file_routes();
std::vector<Route> import_routes();
std::vector<Route> account_routes();
std::vector<Route> journal_routes();
std::vector<Route> outbox_routes();
std::vector<Route> feed_routes();

}  // namespace huilu::api
