// Opening: a connection between two kernels as a scenario finds it, in ESTABLISHED at both ends,
// with what is to be unread already there.
#pragma once

#include "application.hpp"
#include "host.hpp"
#include "wire.hpp"

#include "core/scenario/scenario.hpp"

#include <array>
#include <expected>
#include <string>
#include <vector>

namespace kernel {

struct Opened {
  std::vector<Application> applications;          ///< the client's, the server's
  std::array<std::uint32_t, 2> sent_before = {};  ///< octets, by side
  std::array<core::Time, 2> rto_ms = {};          ///< each kernel's timeout on this path
};

/// Opens it, or says in a sentence why not. The clock only has to run.
[[nodiscard]] std::expected<Opened, std::string> open_connection(std::array<Host, 2>& hosts,
                                                                 const core::Scenario& scenario,
                                                                 Wire& wire, const Clock& clock);

}  // namespace kernel
