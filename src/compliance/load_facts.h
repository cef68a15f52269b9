// Fills obligation::Facts from the tables: for some bearers everything that the evaluator may ask
// for, in a handful of statements and one snapshot. Used for explanations, for every question about
// another day or what was known then, by the index for duties that it does not count itself, and by
// whatever compares the index with the oracle.
#pragma once

#include <set>
#include <vector>

#include "obligation/facts.h"
#include "policy/pack.h"
#include "store/store.h"

namespace huilu::compliance {

// What holds for everybody: activations, decided values, calendars, campaigns. Loaded once and
// shared by many questions; `packs` must outlive it.
obligation::Facts load_policy(store::Connection& connection,
                              const std::vector<policy::Pack>& packs);

// Of a row with id, post, unit, kind of the post, person, acting, from, until.
obligation::Tenure tenure_from(const store::Row& row);

enum class Names { left_out, loaded };

// Adds to `facts` the units with those above them, their rolls, posts and holders, leaves, and the
// records of these units and of these persons with all their versions.
void load_units(store::Connection& connection, const std::vector<UnitId>& units, Names names,
                obligation::Facts& facts);
// The same of these persons alone: their memberships and posts with the units, leaves, and the
// records that say that they were there, or name them.
void load_persons(store::Connection& connection, const std::set<PersonId>& persons,
                  obligation::Facts& facts);
// Only these records, with all their versions.
void load_records(store::Connection& connection, const std::set<RecordId>& records,
                  obligation::Facts& facts);
// The same with all that name them in a field, and what all of these refer to.
void load_records_linked(store::Connection& connection, const std::set<RecordId>& records,
                         obligation::Facts& facts);
// These records with what they refer to, and the units that all of these name.
void load_records_whole(store::Connection& connection, const std::set<RecordId>& records,
                        obligation::Facts& facts);
// Only the units with those above them.
void load_organisation(store::Connection& connection, const std::vector<UnitId>& units,
                       obligation::Facts& facts);
// The unit of a tenure, the branches of a person: what load_units is then called with.
std::vector<UnitId> units_of(store::Connection& connection, const obligation::Bearer& bearer);
// Every unit; for tests and verification of small installations.
void load_everything(store::Connection& connection, obligation::Facts& facts);

}  // namespace huilu::compliance
