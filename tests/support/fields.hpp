// The fields of a Tcb as names and text, so that a test can say which of them change, and can print
// those that are not as it expects. It knows nothing of what the fields mean.
#pragma once

#include "core/tcp/tcb.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace fields {

struct Field {
  std::string_view name;
  std::string value;

  friend bool operator==(const Field&, const Field&) = default;
};

/// Every field, in the order of Tcb. "SF100+6" in a list is a SYN, six octets and a FIN from 100
/// on; an empty list and a number that is not there are "none".
[[nodiscard]] std::vector<Field> of(const core::Tcb& tcb);

/// "snd_nxt=101 fin=100": the fields of `after` that are not as in `before`.
[[nodiscard]] std::string changed(const std::vector<Field>& before,
                                  const std::vector<Field>& after);

}  // namespace fields
