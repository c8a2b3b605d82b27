#include "core/policy.hpp"

#include <array>
#include <cassert>

namespace core {
namespace {

constexpr Time day_ms = 86'400'000;
constexpr std::array<std::string_view, 2> rst_in_time_wait = {"close", "ignore"};
constexpr std::array<std::string_view, 3> time_wait_restart = {"fin", "any", "never"};

constexpr std::array keys = {
    PolicyKey{"msl_ms", &Policy::msl_ms, 1, day_ms, {}, "RFC 9293 3.4.2: 2 minutes"},
    PolicyKey{"time_wait_ms", &Policy::time_wait_ms, 1, day_ms, {}, "RFC 9293 3.6.1: 2 MSL"},
    PolicyKey{"rto_ms", &Policy::rto_ms, 1, day_ms, {}, "RFC 6298 2.1: 1 second"},
    PolicyKey{"rto_max_ms", &Policy::rto_max_ms, 1, day_ms, {}, "RFC 6298 2.5: at least 60 s"},
    PolicyKey{"r2_ms", &Policy::r2_ms, 1, day_ms, {}, "RFC 9293 3.8.3: at least 100 s"},
    PolicyKey{"mss", &Policy::mss, 1, 65'535, {}, "RFC 9293 3.7.1"},
    PolicyKey{"rfc5961", &Policy::rfc5961, 0, 0, {}, "RFC 5961 3.2 and 4.2"},
    PolicyKey{"rst_in_time_wait", &Policy::rst_in_time_wait, 0, 0, rst_in_time_wait,
              "RFC 9293 3.10.7.4: close; RFC 1337: ignore"},
    PolicyKey{"time_wait_restart", &Policy::time_wait_restart, 0, 0, time_wait_restart,
              "RFC 9293 3.10.7.4, read as core/README.md says (D1)"},
    PolicyKey{
        "unread_data_resets", &Policy::unread_data_resets, 0, 0, {}, "RFC 9293 3.6.1, SHLD-3"},
    PolicyKey{"data_after_close_resets",
              &Policy::data_after_close_resets,
              0,
              0,
              {},
              "RFC 9293 3.6.1, SHLD-3"},
};

constexpr std::array<std::string_view, 1> profiles = {"rfc9293"};

template <typename Enum>
Enum choice(const PolicyKey& key, std::string_view word) {
  std::uint8_t index = 0;
  while (key.choices[index] != word) ++index;
  return static_cast<Enum>(index);
}

/// Writes one checked value into the field that its key names.
struct Assign {
  const PolicyKey& key;
  const PolicySetting& setting;
  Policy& policy;

  void operator()(Time Policy::* field) const { policy.*field = std::get<Time>(setting.value); }
  void operator()(bool Policy::* field) const { policy.*field = std::get<bool>(setting.value); }
  void operator()(std::optional<Time> Policy::* field) const {
    const Time* value = std::get_if<Time>(&setting.value);
    policy.*field = value ? std::optional<Time>(*value) : std::nullopt;
  }
  template <typename Enum>
  void operator()(Enum Policy::* field) const {
    policy.*field = choice<Enum>(key, std::get<std::string_view>(setting.value));
  }
};

}  // namespace

std::span<const PolicyKey> policy_keys() {
  return keys;
}

const PolicyKey* policy_key(std::string_view name) {
  for (const PolicyKey& key : keys) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

void apply(const PolicyPatch& patch, Policy& policy) {
  for (const PolicySetting& setting : patch) {
    const PolicyKey* key = policy_key(setting.key);
    assert(key != nullptr);
    std::visit(Assign{*key, setting, policy}, key->field);
  }
}

std::span<const std::string_view> profile_names() {
  return profiles;
}

Policy profile([[maybe_unused]] std::string_view name) {
  assert(name == profiles[0]);
  return {};
}

}  // namespace core
