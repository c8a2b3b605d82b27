// Bundles: where more segments of one side are on their way than a reader could tell apart, they
// are shown as one, with a count. A part of the run facts; how a bundle is drawn is the view's.
#pragma once

#include "app/run_facts.hpp"

#include <cstdint>
#include <string>

namespace app {

/// As many segments of one side can be on their way at once, and each still have an arrow and words
/// that can be told from the others'.
inline constexpr int most_apart = 12;

/// The bundles of a run. All segments of one side that are on their way while more than
/// `most_apart` of them are belong to one. A FIN that was not on the wire before, and what comes
/// out of the network, keep arrows of their own. So that several bundles follow each other in a
/// long stream, one takes no segment that leaves later than after a quarter of its first one's way,
/// unless it would be too small for a bundle.
[[nodiscard]] std::vector<Bundle> bundles_of(const core::Timeline& timeline,
                                             const std::vector<Flight>& flights);

/// What has become of a bundle by the end of a step.
struct BundleCount {
  int first = 0;  ///< the first and the last number of those that have left
  int last = 0;
  int sent = 0;
  bool alike = true;  ///< all of them have the same flags
  int delivered = 0;
  int lost = 0;
  std::int64_t octets = 0;
  // The rows in which the arrows so far begin and end, the earliest and the latest.
  int first_leaves = 0;
  int last_leaves = 0;
  int first_end = 0;
  int last_end = 0;
  int arrived = 0;  ///< the last row in which one has ended, 0 if none has

  friend bool operator==(const BundleCount&, const BundleCount&) = default;
};
[[nodiscard]] BundleCount count(const Bundle& bundle, const core::Timeline& timeline,
                                const RunFacts& facts, int step);

/// The words along a bundle.
struct BundleWords {
  std::string numbers;  ///< "1–1900"
  std::string what;     ///< "1,900 × ACK", or "1,900 segments" where they are not alike
  std::string octets;   ///< "1,900 bytes"; empty where they carry none
  std::string lost;     ///< "3 lost"; empty where none is
  std::string said;     ///< a sentence for a list
};
[[nodiscard]] BundleWords words_of(const Bundle& bundle, const BundleCount& count,
                                   const core::Timeline& timeline, const RunFacts& facts);

}  // namespace app
