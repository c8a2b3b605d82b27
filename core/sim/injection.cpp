#include "core/sim/injection.hpp"

namespace core {
namespace {

std::uint32_t value(Variable variable, const Tcb& tcb) {
  switch (variable) {
    case Variable::RcvNxt: return tcb.rcv_nxt.value;
    case Variable::RcvWnd: return tcb.rcv_wnd;
    case Variable::SndNxt: return tcb.snd_nxt.value;
    case Variable::SndUna: return tcb.snd_una.value;
    case Variable::Iss: return tcb.iss.value;
    case Variable::Irs: return tcb.irs.value;
  }
  return 0;
}

Seq value(const SeqSum& sum, const Tcb& tcb) {
  Seq out;
  for (const SeqSum::Term& term : sum.terms) {
    const auto* given = std::get_if<std::uint32_t>(&term.what);
    const std::uint32_t number =
        given != nullptr ? *given : value(std::get<Variable>(term.what), tcb);
    out = term.minus ? out - number : out + number;
  }
  return out;
}

}  // namespace

Segment injected_segment(const Injection& injection, const Endpoint& end) {
  return {.seq = value(injection.seq, end.tcb),
          .ack = value(injection.ack, end.tcb),
          .flags = injection.flags,
          .len = injection.len,
          .wnd = injection.wnd.value_or(end.tcb.snd_wnd)};
}

}  // namespace core
