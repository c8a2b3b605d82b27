// Application: what sits on one end's socket, makes the calls of a scenario and reads what comes.
// It never blocks: the program that drives two of them is one thread, so that what happens first is
// also noted first.
#pragma once

#include "host.hpp"
#include "recording.hpp"

#include "core/tcp/step.hpp"

#include <vector>

namespace kernel {

class Application {
 public:
  Application(core::Side side, Descriptor socket, bool reads_at_once)
      : side_(side), socket_(std::move(socket)), reads_(reads_at_once) {}

  /// Makes a call and notes it with its result.
  void perform(const core::Call& call, double now_ms, std::vector<Performed>& calls);

  /// As an application that waits in recv(), and after the end of the stream in poll().
  void hear(double now_ms, std::vector<Performed>& calls);

 private:
  std::string result_of(const core::Call& call);
  std::string receive(std::size_t most);

  core::Side side_;
  Descriptor socket_;
  bool reads_;            ///< still waits for octets
  bool watches_ = false;  ///< has read to the end, and would still be told of an error
};

}  // namespace kernel
