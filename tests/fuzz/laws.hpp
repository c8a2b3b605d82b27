// The laws: what must hold of every text that is read and of every run that is played, whatever a
// fuzzer has made of them. A law that is broken ends the process, which is how a fuzzer learns of
// it. Sanitizers and asserts watch over everything else.
#pragma once

#include "core/scenario/run.hpp"

#include <string_view>
#include <vector>

namespace fuzz {

/// Ends the process with a report unless the law is kept.
void expect(bool kept, std::string_view law, std::string_view where = {});

/// Diagnostics about a text that was not accepted: there are some and not too many, and each says
/// what is wrong, and where in the text.
void check_complaints(const std::vector<core::ParseError>& diagnostics, std::string_view text,
                      std::string_view source);

/// A run: it is played within its limit and told step by step; its report and its figure can be
/// written; saved and read again it is the same run; and each of its edits keeps its meaning when
/// another one goes.
void check_run(const core::Run& run);

}  // namespace fuzz
