// Snapshot: what the page is told after a frame that changed something, as JSON. The document's
// caption, list of steps, notices and twin of the canvas are made from it. This file owns the
// shape; the page's script reads it in receive().
#pragma once

#include "app/model.hpp"
#include "app/node.hpp"
#include "app/ports.hpp"

#include <optional>
#include <span>
#include <string>

namespace app {

/// What one frame has drawn.
struct Drawn {
  std::span<const Node> nodes;
  float scale = 1;             ///< how much larger than usual the reader wants the stage
  float transport_height = 0;  ///< below the caption, before it is enlarged
};

class Snapshots {
 public:
  /// The next snapshot; none when it would say the same as the last one. The run's steps and its
  /// figure are in the first one after the run has changed, and in no other.
  [[nodiscard]] std::optional<std::string> next(const Model& model, const Drawn& drawn);

 private:
  int run_told_ = 0;
  std::string last_;
};

/// The answer to the fields of the article's question about ports.
[[nodiscard]] std::string json_of(const PortsReply& reply);

}  // namespace app
