// Views: how the nouns of the rooms look in JSON. Ids are texts with their prefix, absent values
// null, lists never null.
#pragma once

#include "base/value.h"
#include "identity/queries.h"
#include "org/queries.h"
#include "policy/record_type.h"
#include "policy/vocabulary.h"
#include "record/queries.h"
#include "words/words.h"

namespace huilu::api {

template <class T>
Value id_or_null(const std::optional<T>& id) {
  return id ? Value(id->text()) : Value();
}
Value text_or_null(const std::string& text);  // null where it is empty
Value text_or_null(const std::optional<std::string>& text);
Value date_or_null(const std::optional<Date>& date);
Value integer_or_null(const std::optional<std::int64_t>& number);

Value account_view(const identity::AccountRow& account);
Value grant_view(const identity::GrantRow& grant);
Value token_view(const identity::TokenRow& token);

Value unit_view(const org::UnitView& unit);
Value place_view(const org::PlaceView& place);
Value path_view(const std::vector<org::PathStep>& path);
Value history_view(const org::Unit& unit);
Value membership_view(const org::Membership& membership);
Value post_view(const org::Post& post);
Value tenure_view(const org::Tenure& tenure);

enum class Names { shown, hidden };
Value record_view(const record::Version& version, Names names);
Value fields_view(const std::vector<policy::Field>& fields, words::Language language);
Value record_type_view(const policy::RecordType& type, words::Language language);
Value vocabulary_view(const policy::Vocabulary& vocabulary, words::Language language);

}  // namespace huilu::api
