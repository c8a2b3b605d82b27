#include "core/sim/endpoint.hpp"

#include <algorithm>
#include <utility>

namespace core {

void set_timer(Endpoint& end, const TimerChange& change, Time now) {
  std::erase_if(end.timers,
                [&](const Deadline& deadline) { return deadline.timer == change.timer; });
  if (change.what == TimerAction::Start || change.what == TimerAction::Restart) {
    end.timers.push_back({change.timer, now + change.after_ms});
  }
}

void deliver(Endpoint& end, const Outcome& outcome) {
  end.buffer.insert(end.buffer.end(), outcome.received.begin(), outcome.received.end());
  end.delivered += outcome.octets;
  std::uint32_t left = outcome.octets;
  auto chunk = end.buffer.begin();
  while (left > 0) {
    const std::uint32_t part = std::min(left, chunk->octets);
    if (chunk->stale) end.delivered_stale += part;
    chunk->octets -= part;
    left -= part;
    if (chunk->octets == 0) ++chunk;
  }
  end.buffer.erase(end.buffer.begin(), chunk);
  if (end.tcb.unread == 0) end.buffer.clear();
}

void lose_power(Endpoint& end) {
  const Tcb before = std::exchange(end.tcb, Tcb{});
  end.tcb.rcv_wnd = before.rcv_wnd + before.unread;
  end.tcb.reads_at_once = before.reads_at_once;
  end.timers.clear();
  end.buffer.clear();
  end.up = false;
}

}  // namespace core
