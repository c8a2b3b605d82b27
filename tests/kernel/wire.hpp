// Wire: the relay between two hosts. What the kernels send, it takes from their devices, and gives
// it to the other one after the scenario's delay. From begin() on it notes every segment and lets
// the engine's network decide what becomes of it.
#pragma once

#include "host.hpp"
#include "recording.hpp"

#include "core/sim/network.hpp"

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace kernel {

/// A moment's number of milliseconds, and the clock that tells it.
using Clock = std::function<double()>;

class Wire {
 public:
  /// The run says what the delays and the faults are, and stays where it is.
  Wire(std::array<Host, 2>& hosts, const core::Run& run, Clock clock);

  /// Waits until a kernel has sent something, or for a millisecond.
  void wait() const;
  /// Takes what the kernels have sent so far.
  void take();
  /// Before begin(): gives what has been under way for long enough.
  void pass_on();
  /// The ends have sent so many octets, and the scenario's numbers stand for the next ones. From
  /// now on segments are noted, by a clock that begins now.
  void begin(const std::array<std::uint32_t, 2>& sent_before);

  /// Gives what arrives at this millisecond, one after the other; `each` follows every one.
  void deliver(core::Time tick, const std::function<void()>& each);

  /// Nothing is under way after this millisecond.
  [[nodiscard]] bool silent(core::Time tick) const;
  /// A segment has arrived.
  [[nodiscard]] bool arrived(int number) const;
  [[nodiscard]] const std::vector<Seen>& seen() const { return seen_; }
  [[nodiscard]] std::vector<core::Message> warnings() const { return network_.faults().warnings(); }

 private:
  struct UnderWay {
    core::Side from = core::Side::Client;
    double due = 0;
    Bytes packet;
  };

  void note(core::Side from, Bytes packet);
  [[nodiscard]] core::Segment in_scenario(core::Side from, core::Segment segment) const;
  [[nodiscard]] Host& host(core::Side side) { return hosts_[core::index(side)]; }

  std::array<Host, 2>& hosts_;
  const core::Run& run_;
  Clock clock_;
  std::vector<UnderWay> under_way_;          ///< before begin()
  std::array<std::uint32_t, 2> first_ = {};  ///< each side's next number at begin()
  bool begun_ = false;
  std::vector<core::Transmission> segments_;
  core::Work work_;
  core::Network network_;
  std::vector<Bytes> packets_;  ///< as they are, by segment
  std::vector<Seen> seen_;
};

}  // namespace kernel
