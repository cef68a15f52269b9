// Problems (RFC 9457): how a refusal or a fault is told over HTTP. Nothing personal stands in one.
#pragma once

#include <string>

#include "base/fault.h"
#include "base/refusal.h"
#include "http/http.h"
#include "words/words.h"

namespace huilu::api {

// Of the first refusal, with all of them listed.
http::Response problem(const Refusals& refusals, words::Language language);
// 503 busy, 507 storage_full or 500 internal_fault; says nothing of the inside.
http::Response problem(FaultKind kind, words::Language language);

}  // namespace huilu::api
