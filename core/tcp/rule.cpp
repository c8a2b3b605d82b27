#include "core/tcp/rule.hpp"

namespace core {

std::string_view reference(Rule rule) {
  switch (rule) {
    case Rule::None: return {};
    case Rule::L1:
    case Rule::L2:
    case Rule::L3:
    case Rule::L4: return "RFC 9293 3.10.1";
    case Rule::L5:
    case Rule::L6: return "RFC 9293 3.10.2";
    case Rule::L7: return "RFC 9293 3.10.3";
    case Rule::L8:
    case Rule::L9:
    case Rule::L10: return "RFC 9293 3.10.4";
    case Rule::L11:
    case Rule::L12:
    case Rule::L13:
    case Rule::B1:
    case Rule::B2: return "RFC 9293 3.10.5";
    case Rule::L14:
    case Rule::L15:
    case Rule::L16:
    case Rule::L17: return "RFC 9293 3.10.7.2";
    case Rule::L18:
    case Rule::L19:
    case Rule::L20:
    case Rule::L21:
    case Rule::L22:
    case Rule::L23: return "RFC 9293 3.10.7.3";
    case Rule::L24:
    case Rule::L25:
    case Rule::L26:
    case Rule::L27:
    case Rule::L28: return "RFC 9293 3.10.7.4";
    case Rule::C1:
    case Rule::C2:
    case Rule::C3:
    case Rule::C4:
    case Rule::C5: return "RFC 9293 3.10.4";
    case Rule::S1:
    case Rule::S2: return "RFC 9293 3.10.2";
    case Rule::R1:
    case Rule::R2:
    case Rule::R3: return "RFC 9293 3.10.3";
    case Rule::C6:
    case Rule::T4: return "RFC 9293 3.6.1";
    case Rule::N1:
    case Rule::N2:
    case Rule::N3: return "RFC 9293 3.10.7.1";
    case Rule::K1: return "RFC 5961 3.2";
    case Rule::Y1: return "RFC 5961 4.2";
    case Rule::Y3: return "RFC 9293 3.6.1";
    case Rule::A2: return "RFC 5961 5.2";
    case Rule::Q1:
    case Rule::Q2:
    case Rule::K2:
    case Rule::K3:
    case Rule::Y2:
    case Rule::A0:
    case Rule::A1:
    case Rule::A3:
    case Rule::A4:
    case Rule::A5:
    case Rule::A6:
    case Rule::A8:
    case Rule::A9:
    case Rule::A10:
    case Rule::A11:
    case Rule::T1:
    case Rule::T2:
    case Rule::T3:
    case Rule::F1:
    case Rule::F2:
    case Rule::F3:
    case Rule::F4:
    case Rule::F5:
    case Rule::F6: return "RFC 9293 3.10.7.4";
    case Rule::X1:
    case Rule::X3:
    case Rule::X4: return "RFC 9293 3.10.8";
    case Rule::X2: return "RFC 9293 3.8.3";
    case Rule::X5: return "RFC 9293 3.8.6.1";
    case Rule::X6:
    case Rule::X7: return "RFC 9293 3.8.4";
    case Rule::X8: return "no RFC: tcp_fin_timeout and its like";
    case Rule::X9: return "RFC 9293 3.8.6.3";
    case Rule::H1: return "RFC 9293 3.5.1";
  }
  return {};
}

}  // namespace core
