// Processing: one event under way. It holds the next Tcb and the outcome while the checks of RFC
// 9293 3.10 build them up, one after the other. Private to tcp/: everybody else calls step() and
// transmit().
#pragma once

#include "core/tcp/step.hpp"

#include <cstdint>
#include <utility>

namespace core {

/// RFC 9293 Table 6: does the segment touch the window?
[[nodiscard]] bool acceptable(const Tcb& tcb, const Segment& segment);

/// What one event does, built up check by check in the order of RFC 9293 3.10.
class Processing {
 public:
  Processing(const Tcb& before, const Policy& policy, const Inputs& now)
      : policy_(policy), now_(now) {
    out_.next = before;
  }

  void on(const Connect&);
  void on(const Listen&);
  void on(const SendOctets&);
  void on(const ReceiveOctets&);
  void on(const Close&);
  void on(const Shutdown&);
  void on(const Abort&);
  void on(const Call& call) {
    std::visit([this](const auto& made) { on(made); }, call);
  }
  void on(const Arrival&);
  void on(const Timeout&);
  void transmit();
  void update_timers();

  [[nodiscard]] Outcome take() { return std::move(out_); }

 private:
  // Calls
  [[nodiscard]] bool refuse_without_connection();
  void open_actively(Seq iss, Rule);
  void send_syn(Seq iss, State, Rule);
  void request_fin();
  [[nodiscard]] Rule close_again() const;
  void free_buffer(std::uint32_t octets);

  // 3.10.7.1 to 3.10.7.3
  void arrive_closed(const Segment&);
  void arrive_listen(const Segment&);
  void arrive_syn_sent(const Segment&);
  void open_passively(const Segment& syn, Rule);
  void take_syn(const Segment&);

  // 3.10.7.4, the eight checks: whether the segment goes on to the next one.
  enum class Check : std::uint8_t { Continue, Done };
  void arrive_otherwise(const Segment&);
  [[nodiscard]] Check check_sequence(const Segment&);
  [[nodiscard]] Check check_reset(const Segment&);
  [[nodiscard]] Check check_syn(const Segment&);
  [[nodiscard]] Check check_ack(const Segment&);
  [[nodiscard]] Check check_text(const Segment&);
  void take_text_and_fin(const Segment&);
  [[nodiscard]] Check challenge_reset(const Segment&);
  [[nodiscard]] Check ack_in_syn_received(const Segment&);

  // The same checks in TIME_WAIT
  void arrive_time_wait(const Segment&);
  void syn_in_time_wait(const Segment&);
  void reset_in_time_wait(const Segment&);
  void enter_time_wait(Rule);
  void restart_time_wait(bool fin_again);

  /// What an acknowledgment brought.
  enum class News : std::uint8_t { Nothing, Window, Progress };
  News acknowledge(const Segment&);
  void take_window(const Segment&);
  void accept(const SequenceRange&);
  void accept_out_of_order();
  void accept_fin();
  void owe_ack(Time delay_ms);

  // 3.10.8
  void retransmit();
  void back_off(Timer);
  void probe_window();
  void probe_peer();
  void give_up(Rule);
  void update_persist_timer();
  void update_user_timeout_timer();
  void mark_user_timeout();
  void update_keepalive_timer();
  void update_fin_wait_2_timer();

  // What several of them need
  enum class Unread : std::uint8_t { Lost, Kept };
  void enter(State, Rule, Unread = Unread::Lost);
  void finish(Rule);
  void listen_again(Rule);
  void flush();
  void send(const Segment&);
  void send_text(std::uint32_t len, bool fin);
  void send_head();
  void send_probe_again();
  void note_fin(Seq number);
  void answer_ack();
  void answer_reset(const Segment&);
  void challenge();
  void reset_peer();
  void report_reset(Signal);
  void run(Timer, Time after_ms);
  void stop(Timer);
  void signal(Signal signal) {
    if (!tcb_.orphan) out_.signals.push_back(signal);
  }
  void decide(Rule rule, Verdict verdict) {
    out_.rule = rule;
    out_.verdict = verdict;
  }
  void refuse(Rule rule, CallResult result) {
    out_.rule = rule;
    out_.result = result;
  }

  const Policy& policy_;
  const Inputs& now_;
  Outcome out_;
  Tcb& tcb_ = out_.next;
  bool stale_ = false;         ///< the segment is of an older incarnation
  bool arrived_ = false;       ///< the event was a segment
  bool answered_ = false;      ///< no arrival is acknowledged twice
  bool text_refused_ = false;  ///< the window is shut: take the ACK, leave the text
  bool progress_ = false;      ///< something new was acknowledged
};

}  // namespace core
