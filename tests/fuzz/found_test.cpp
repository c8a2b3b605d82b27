// What the fuzzers of tests/fuzz found: a row for each, so that it stays mended. And what they are
// given to work with is held against the engine.
#include "runs.hpp"
#include "sources.hpp"

#include "core/output/figure.hpp"
#include "core/tcp/policy.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>

namespace {

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    widest = std::max(widest, end - begin);
    begin = end + 1;
  }
  return widest;
}

}  // namespace

TEST_CASE("found: a figure with the largest numbers has 102 columns, and no more") {
  const core::Timeline timeline = runs::played(R"(
      "server": {"state": "SYN_RECEIVED", "snd_nxt": 300, "rcv_nxt": 4294967295},
      "script": [{"at_ms": 0, "side": "server", "do": "inject", "segment":
                  {"flags": "SYN,FIN,RST,ACK", "seq": 4294967290, "ack": 4294967295,
                   "len": 65535}}])");
  CHECK(widest_line(core::figure(timeline)) <= 102);
  CHECK(widest_line(core::figure(timeline)) > 80);
}

TEST_CASE("the fuzzers' dictionary has every key of a policy") {
  const std::string dictionary = sources::text("tests/fuzz/scenario.dict");
  for (const core::PolicyKey& key : core::policy_keys()) {
    CAPTURE(core::to_string(key.id));
    CHECK(dictionary.find("\"\\\"" + std::string(core::to_string(key.id)) + "\\\":\"") !=
          std::string::npos);
  }
}
