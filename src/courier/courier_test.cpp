#include "courier/courier.h"

#include <gtest/gtest.h>

namespace huilu::courier {
namespace {

using std::chrono::milliseconds;

std::string told(const Receipt& receipt) {
  constexpr const char* words[] = {"delivered", "refused", "failed", "unknown"};
  return std::string(words[static_cast<int>(receipt.outcome)]) + " " + receipt.reason;
}

// What the network does is looked at by tests/system/outbox.test.mjs, against servers.
TEST(NetworkCourier, nothing_but_https_and_mail_is_spoken) {
  const auto courier = network_courier(milliseconds(2000));
  for (const auto* url : {"http://127.0.0.1:1/", "file:///etc/passwd", "ftp://127.0.0.1:1/",
                          "gopher://127.0.0.1:1/", "smtp://127.0.0.1:1"})
    EXPECT_EQ(told(courier->post({url, {}, "{}", ""})), "failed address") << url;
  EXPECT_EQ(told(courier->mail({"https://127.0.0.1:1/", "", "", "a@b.c", "d@e.f", "x", ""})),
            "failed address");
}

TEST(NetworkCourier, link_local_addresses_are_never_connected_to) {
  const auto courier = network_courier(milliseconds(10000));
  for (const auto* url : {"https://169.254.169.254/", "https://[fe80::1]/", "https://0.0.0.0:1/",
                          "https://224.0.0.1/"})
    EXPECT_EQ(told(courier->post({url, {}, "{}", ""})), "failed no_connection") << url;
}

TEST(NetworkCourier, where_nobody_listens_is_surely_not_delivered) {
  const auto courier = network_courier(milliseconds(2000));
  EXPECT_EQ(told(courier->post({"https://127.0.0.1:1/", {}, "{}", ""})), "failed no_connection");
  EXPECT_EQ(told(courier->mail({"smtps://127.0.0.1:1", "", "", "a@b.c", "d@e.f", "x", ""})),
            "failed no_connection");
}

}  // namespace
}  // namespace huilu::courier
