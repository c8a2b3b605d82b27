#include "random_runs.hpp"

#include "core/tcp/state.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace runs {
namespace {

/// A small generator of our own, so that every machine draws the same.
class Rng {
 public:
  explicit Rng(std::uint32_t seed) : state_(seed * 2'654'435'761U + 1) {}

  /// A number from 0 up to, and not including, `end`.
  std::uint32_t below(std::uint32_t end) {
    state_ ^= state_ << 13U;
    state_ ^= state_ >> 17U;
    state_ ^= state_ << 5U;
    return static_cast<std::uint32_t>((std::uint64_t{state_} * end) >> 32U);
  }
  bool once_in(std::uint32_t times) { return below(times) == 0; }
  template <std::size_t N>
  std::string one_of(const std::array<std::string_view, N>& all) {
    return std::string(all[below(N)]);
  }

 private:
  std::uint32_t state_;
};

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

constexpr std::array<std::string_view, 2> sides = {"client", "server"};
constexpr std::array<std::string_view, 9> operations = {
    "close", "shutdown", "send", "send", "receive", "abort", "connect", "listen", "close"};
constexpr std::array<std::string_view, 3> hosts = {"crash", "reboot", "inject"};
constexpr std::array<std::string_view, 8> flags = {"ACK", "FIN,ACK", "RST", "RST,ACK",
                                                   "SYN", "SYN,ACK", "FIN", "SYN,FIN,ACK"};
constexpr std::array<std::string_view, 7> sums = {
    "rcv_nxt",         "rcv_nxt-1", "rcv_nxt+1", "rcv_nxt+rcv_wnd-1",
    "rcv_nxt+rcv_wnd", "irs",       "rcv_nxt+9"};
constexpr std::array<std::string_view, 5> acks = {"snd_nxt", "snd_una", "snd_nxt+1", "snd_una-1",
                                                  "iss"};
constexpr std::array<std::string_view, 5> profiles = {"rfc9293", "rfc9293", "linux", "freebsd",
                                                      "macos"};
constexpr std::array<std::string_view, 24> settings = {
    R"("msl_ms": 300)",
    R"("time_wait": false)",
    R"("fin_wait_2_timeout_ms": 700)",
    R"("rto_ms": 90)",
    R"("rto_max_ms": 1500)",
    R"("r2_ms": 4000)",
    R"("max_retransmits": 2)",
    R"("max_retransmits_orphan": 0)",
    R"("persist": false)",
    R"("delayed_ack_ms": 200)",
    R"("delayed_fin_ack_ms": 40)",
    R"("mss": 7)",
    R"("rfc5961": false)",
    R"("challenge_ack_interval_ms": 500)",
    R"("rst_in_time_wait": "ignore")",
    R"("syn_in_time_wait": "reopen")",
    R"("abort_flags": "RST,ACK")",
    R"("time_wait_restart": "any")",
    R"("unread_data_resets": false)",
    R"("data_after_close_resets": false)",
    R"("timeout_sends_rst": true)",
    R"("user_timeout_ms": 2500)",
    R"("keepalive": {"idle_ms": 60000, "interval_ms": 900, "probes": 2})",
    R"("r2_syn_ms": 3000)"};

std::string action(Rng& rng) {
  std::string out = "{";
  switch (rng.below(8)) {
    case 0: out += R"("when": {"segment": )" + std::to_string(1 + rng.below(6)) + "}"; break;
    case 1:
      out += R"("when": {"side": )" + quoted(rng.one_of(sides)) + R"(, "state": )" +
             quoted(core::to_string(core::all_states[rng.below(core::all_states.size())])) + "}";
      if (rng.once_in(2)) out += R"(, "after_ms": )" + std::to_string(rng.below(300));
      break;
    default: out += R"("at_ms": )" + std::to_string(rng.below(40) * 25);
  }
  const bool host = rng.once_in(7);
  const std::string operation = host ? rng.one_of(hosts) : rng.one_of(operations);
  out += R"(, "side": )" + quoted(rng.one_of(sides)) + R"(, "do": )" + quoted(operation);
  if (rng.once_in(9)) out += R"(, "last": true)";
  if (operation == "send") {
    out += R"(, "bytes": )" + std::to_string(rng.once_in(4) ? 2'500 : 1 + rng.below(60));
  }
  if (operation == "receive" && rng.once_in(2))
    out += R"(, "bytes": )" + std::to_string(1 + rng.below(30));
  if (operation == "shutdown") {
    constexpr std::array<std::string_view, 3> hows = {"write", "read", "both"};
    out += R"(, "how": )" + quoted(rng.one_of(hows));
  }
  if (operation == "inject") {
    const std::string bits = rng.one_of(flags);
    out += R"(, "segment": {"flags": )" + quoted(bits) + R"(, "seq": )" + quoted(rng.one_of(sums)) +
           R"(, "ack": )" + quoted(rng.one_of(acks));
    if (rng.once_in(2)) out += R"(, "len": )" + std::to_string(rng.below(30));
    if (rng.once_in(2)) out += R"(, "wnd": )" + std::to_string(rng.below(3) * 50);
    out += "}";
  }
  return out + "}";
}

std::string fault(Rng& rng) {
  constexpr std::array<std::string_view, 3> kinds = {R"({"fault": "drop")",
                                                     R"({"fault": "duplicate", "after_ms": 35)",
                                                     R"({"fault": "delay", "by_ms": 140)"};
  return rng.one_of(kinds) + R"(, "segment": {"number": )" + std::to_string(1 + rng.below(14)) +
         "}}";
}

/// Two states in which two ends can be at once, and how far each is with its numbers.
struct Pair {
  std::string_view client;
  std::string_view server;
  std::uint32_t client_fin = 0;
  std::uint32_t server_fin = 0;
  std::uint32_t client_knows = 0;  ///< of the server's FIN
  std::uint32_t server_knows = 0;
};

constexpr std::array<Pair, 9> pairs = {{
    {"ESTABLISHED", "ESTABLISHED"},
    {"ESTABLISHED", "ESTABLISHED"},
    {"ESTABLISHED", "ESTABLISHED"},
    {"FIN_WAIT_1", "ESTABLISHED", 1, 0, 0, 0},
    {"FIN_WAIT_2", "CLOSE_WAIT", 1, 0, 0, 1},
    {"CLOSE_WAIT", "FIN_WAIT_2", 0, 1, 1, 0},
    {"TIME_WAIT", "LAST_ACK", 1, 1, 1, 1},
    {"CLOSING", "CLOSING", 1, 1, 1, 1},
    {"TIME_WAIT", "CLOSED", 1, 1, 1, 1},
}};

std::string policy(Rng& rng) {
  std::vector<std::string> chosen;
  for (const std::string_view setting : settings) {
    if (rng.once_in(12)) chosen.emplace_back(setting);
  }
  std::string out;
  for (const std::string& setting : chosen) out += (out.empty() ? "" : ", ") + setting;
  return R"("policy": {)" + out + "}";
}

std::string end(Rng& rng, std::string_view state, std::uint32_t snd_nxt, std::uint32_t rcv_nxt,
                std::uint32_t window, bool wild) {
  std::string out = R"({"state": )" + quoted(state) + R"(, "snd_nxt": )" + std::to_string(snd_nxt) +
                    R"(, "rcv_nxt": )" + std::to_string(rcv_nxt) + R"(, "rcv_wnd": )" +
                    std::to_string(window);
  if (rng.once_in(3)) out += R"(, "reads": "by_script")";
  if (wild && rng.once_in(3)) out += R"(, "unread": )" + std::to_string(1 + rng.below(50));
  if (rng.once_in(2)) out += ", " + policy(rng);
  return out + "}";
}

}  // namespace

std::string random_scenario(std::uint32_t seed, bool wild) {
  Rng rng(seed);
  for (int i = 0; i < 5; ++i) (void)rng.below(2);
  Pair pair = pairs[rng.below(pairs.size())];
  std::uint32_t client = rng.once_in(3) ? 0U - 1 - rng.below(20) : 100;
  std::uint32_t server = rng.once_in(3) ? 0U - 1 - rng.below(20) : 300;
  if (wild && rng.once_in(2)) {
    pair.client = core::to_string(core::all_states[rng.below(core::all_states.size())]);
    pair.server = core::to_string(core::all_states[rng.below(core::all_states.size())]);
    client += rng.below(4);
    server += rng.below(4);
  }
  constexpr std::array<std::uint32_t, 5> windows = {1000, 1000, 65'000, 40, 0};
  const std::uint32_t client_window = windows[rng.below(wild ? 5 : 4)];
  const std::uint32_t server_window = windows[rng.below(5)];
  std::string out = R"({"format": 1, "id": "random", "title": "Random", "profile": )" +
                    quoted(rng.one_of(profiles)) + ", ";
  out += policy(rng) + R"(, "client": )" +
         end(rng, pair.client, client + pair.client_fin, server + pair.client_knows, client_window,
             wild);
  out += R"(, "server": )" + end(rng, pair.server, server + pair.server_fin,
                                 client + pair.server_knows, server_window, wild);
  out += R"(, "script": [)";
  const std::uint32_t actions = 1 + rng.below(9);
  for (std::uint32_t i = 0; i < actions; ++i) out += (i == 0 ? "" : ", ") + action(rng);
  const std::uint32_t faults = rng.below(4);
  for (std::uint32_t i = 0; i < faults; ++i) out += ", " + fault(rng);
  return out + R"(], "until_ms": 400000})";
}

}  // namespace runs
