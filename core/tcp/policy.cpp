#include "core/tcp/policy.hpp"

#include <array>

namespace core {
namespace {

constexpr Count most_probes = 1'000;

/// A key whose value is a number in milliseconds, or a count.
constexpr PolicyKey number(PolicyKeyId id, PolicyKey::Field field, std::int64_t least,
                           std::int64_t most, std::string_view source) {
  return {id, field, least, most, {}, source};
}
constexpr PolicyKey period(PolicyKeyId id, PolicyKey::Field field, std::string_view source) {
  return number(id, field, 1, day_ms, source);
}
template <typename Enum>
constexpr PolicyKey word(PolicyKeyId id, Enum Policy::* field, std::string_view source) {
  return {id, field, 0, 0, words_of<Enum>, source};
}
constexpr PolicyKey flag(PolicyKeyId id, PolicyKey::Field field, std::string_view source) {
  return {id, field, 0, 0, {}, source};
}

constexpr std::array keys = {
    period(PolicyKeyId::MslMs, &Policy::msl_ms, "RFC 9293 3.4.2: 2 minutes"),
    flag(PolicyKeyId::TimeWait, &Policy::time_wait, "RFC 9293 3.6.1, MUST-13; off to see why"),
    period(PolicyKeyId::TimeWaitMs, &Policy::time_wait_ms, "RFC 9293 3.6.1: 2 MSL"),
    period(PolicyKeyId::FinWait2TimeoutMs, &Policy::fin_wait_2_timeout_ms,
           "no RFC; most systems: 60 s"),
    period(PolicyKeyId::RtoMs, &Policy::rto_ms, "RFC 6298 2.1: 1 second"),
    period(PolicyKeyId::RtoMaxMs, &Policy::rto_max_ms, "RFC 6298 2.5: at least 60 s"),
    period(PolicyKeyId::R2Ms, &Policy::r2_ms, "RFC 9293 3.8.3: at least 100 s"),
    period(PolicyKeyId::R2SynMs, &Policy::r2_syn_ms, "RFC 9293 3.8.3: at least 3 minutes"),
    number(PolicyKeyId::MaxRetransmits, &Policy::max_retransmits, 0, most_probes,
           "RFC 9293 3.8.3: R2 as a count"),
    number(PolicyKeyId::MaxRetransmitsOrphan, &Policy::max_retransmits_orphan, 0, most_probes,
           "no RFC; Linux: tcp_orphan_retries"),
    flag(PolicyKeyId::Persist, &Policy::persist, "RFC 9293 3.8.6.1, MUST-36"),
    number(PolicyKeyId::DelayedAckMs, &Policy::delayed_ack_ms, 0, day_ms,
           "RFC 9293 3.8.6.3: less than 0.5 s"),
    number(PolicyKeyId::DelayedFinAckMs, &Policy::delayed_fin_ack_ms, 0, day_ms,
           "no RFC; Linux: 40 ms, measured"),
    number(PolicyKeyId::Mss, &Policy::mss, 1, 65'535, "RFC 9293 3.7.1"),
    flag(PolicyKeyId::Rfc5961, &Policy::rfc5961, "RFC 5961 3.2, 4.2 and 5.2"),
    number(PolicyKeyId::ChallengeAckIntervalMs, &Policy::challenge_ack_interval_ms, 0, day_ms,
           "RFC 5961 7"),
    word(PolicyKeyId::RstInTimeWait, &Policy::rst_in_time_wait,
         "RFC 9293 3.10.7.4: close; RFC 1337: ignore"),
    word(PolicyKeyId::SynInTimeWait, &Policy::syn_in_time_wait,
         "RFC 9293 3.10.7.4: challenge; 3.6.1, MAY-2: reopen"),
    word(PolicyKeyId::AbortFlags, &Policy::abort_flags, "RFC 9293 3.10.5: RST"),
    flag(PolicyKeyId::AbortToTimeWait, &Policy::abort_to_time_wait,
         "RFC 9293 3.5.2 against 3.10.5 (D3)"),
    word(PolicyKeyId::TimeWaitRestart, &Policy::time_wait_restart,
         "RFC 9293 3.10.7.4, read as core/README.md says (D1)"),
    word(PolicyKeyId::TimeWaitAnswers, &Policy::time_wait_answers,
         "RFC 9293 3.10.7.4: every_ack; needed is D2"),
    word(PolicyKeyId::ClosingAck, &Policy::closing_ack, "RFC 9293 3.10.7.4: pure (D5)"),
    flag(PolicyKeyId::UnreadDataResets, &Policy::unread_data_resets, "RFC 9293 3.6.1, SHLD-3"),
    flag(PolicyKeyId::DataAfterCloseResets, &Policy::data_after_close_resets,
         "RFC 9293 3.6.1, SHLD-3"),
    flag(PolicyKeyId::TimeoutSendsRst, &Policy::timeout_sends_rst,
         "RFC 9293 3.10.8: no segment (D7)"),
    period(PolicyKeyId::UserTimeoutMs, &Policy::user_timeout_ms, "RFC 9293 3.10.8"),
    number(PolicyKeyId::Keepalive, &Policy::keepalive, 1, day_ms, "RFC 9293 3.8.4: off by default"),
};

static_assert(in_order_of_ids(keys));

/// Writes one checked value into the field of its key.
struct Assign {
  const PolicySetting& setting;
  Policy& policy;

  template <typename T>
  void operator()(T Policy::* field) const {
    policy.*field = std::get<T>(setting.value);
  }
  template <typename T>
  void operator()(std::optional<T> Policy::* field) const {
    const T* value = std::get_if<T>(&setting.value);
    policy.*field = value ? std::optional<T>(*value) : std::nullopt;
  }
};

}  // namespace

std::span<const PolicyKey> policy_keys() {
  return keys;
}

const PolicyKey& policy_key(PolicyKeyId id) {
  return keys[static_cast<std::size_t>(id)];
}

void apply(const PolicyPatch& patch, Policy& policy) {
  for (const PolicySetting& setting : patch) {
    std::visit(Assign{setting, policy}, policy_key(setting.key).field);
  }
}

}  // namespace core
