// Runs for tests: of the catalogue, or of a script written in the test, and what happened in them
// in a few words.
#pragma once

#include "core/scenario/catalogue.hpp"
#include "core/sim/simulation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace runs {

/// The run of a scenario of the catalogue, with edits in the form of --edits.
[[nodiscard]] core::Run of(std::string_view id, std::string_view edits = "[]");

/// A run of a scenario given by the members that matter, such as `"script": […]`.
[[nodiscard]] core::Run written(const std::string& members, std::string_view edits = "[]");

[[nodiscard]] core::Timeline played(const std::string& members, std::string_view edits = "[]");

/// The states that an end goes through, first to last: "ESTABLISHED FIN_WAIT_1 …".
[[nodiscard]] std::string walk(const core::Timeline& timeline, core::Side side);

/// Who sent what and when, a line each: "50 client A 100/300+6", and what became of it if it was
/// not simply delivered: " x" for lost, " host down", " in flight", " injected", " copy of 3".
[[nodiscard]] std::string sent(const core::Timeline& timeline);

/// What arrived, a line each: "50 server 1 accepted".
[[nodiscard]] std::string heard(const core::Timeline& timeline);

/// The steps from `first` to `last`, a line each: "0 client close", "50 server hears 1", "50 server
/// answers 2", "50 server loses 2" (which it had sent), "1000 client retransmission", "annotation
/// 0".
[[nodiscard]] std::string story(const core::Timeline& timeline, core::Time first = 0,
                                core::Time last = core::never);

/// What a reader should know of a run beside its steps, in words.
[[nodiscard]] std::vector<std::string> warnings(const core::Timeline& timeline);

/// What an application was told, a line each: "50 server eof".
[[nodiscard]] std::string signals(const core::Timeline& timeline);

}  // namespace runs
