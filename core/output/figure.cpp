#include "core/output/figure.hpp"

#include "core/narrate/narrate.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace core {
namespace {

// Columns: number, client's state, arrow, segment, arrow, server's state.
constexpr std::size_t client_column = 4;
constexpr std::size_t arrow_column = 16;
constexpr std::size_t segment_column = 20;
constexpr std::size_t second_arrow_column = 61;
constexpr std::size_t server_column = 65;

/// One line of text, filled column by column from the left.
class Line {
 public:
  Line& at(std::size_t column, std::string_view text) {
    if (!text.empty()) {
      // Text that is too long for its column pushes the next one by a space.
      const bool free = text_.empty() || text_.size() < column;
      const std::size_t start = free ? column : text_.size() + 1;
      text_.resize(start, ' ');
      text_ += text;
    }
    return *this;
  }
  [[nodiscard]] std::string take() { return std::move(text_) + '\n'; }

 private:
  std::string text_;
};

/// `<SEQ=100><ACK=300><CTL=FIN,ACK>`, as the RFC writes it, with `<DATA=6>` for six octets.
std::string segment_text(const Segment& segment) {
  std::string out = "<SEQ=" + std::to_string(segment.seq.value) + ">";
  if (segment.flags.ack) out += "<ACK=" + std::to_string(segment.ack.value) + ">";
  if (segment.len > 0) out += "<DATA=" + std::to_string(segment.len) + ">";
  return out + "<CTL=" + std::string(to_string(segment.flags)) + ">";
}

Text call_form(CallResult result) {
  switch (result) {
    case CallResult::ConnectionClosing: return Text::figure_closing;
    case CallResult::ConnectionReset: return Text::figure_reset;
    case CallResult::ConnectionDoesNotExist: return Text::figure_no_connection;
    case CallResult::ConnectionAlreadyExists: return Text::figure_exists;
    case CallResult::Ok:
    case CallResult::Eof:
    case CallResult::WouldBlock: break;
  }
  return Text::figure_call;
}

/// "(close)", "(send 6: connection closing)"
std::string call_text(const Called& called) {
  std::string call(to_string(called.call));
  if (const auto* send = std::get_if<SendOctets>(&called.call)) {
    call += " " + std::to_string(send->octets);
  }
  if (std::holds_alternative<ReceiveOctets>(called.call)) {
    call += " " + std::to_string(called.octets);
  }
  return render({call_form(called.result), {{"call", std::move(call)}}});
}

Text timer_text(Timer timer) {
  switch (timer) {
    case Timer::Retransmission: return Text::figure_timer_retransmission;
    case Timer::Persist: return Text::figure_timer_persist;
    case Timer::TimeWait: return Text::figure_timer_time_wait;
    case Timer::FinWait2: return Text::figure_timer_fin_wait_2;
    case Timer::DelayedAck: return Text::figure_timer_delayed_ack;
    case Timer::Keepalive: return Text::figure_timer_keepalive;
    case Timer::UserTimeout: return Text::figure_timer_user_timeout;
  }
  return {};
}

/// A record that follows from the one before it: everything but a call, a host that goes down, a
/// segment that leaves, arrives or dies, and a timer that expires.
bool is_effect(const Record& record) {
  const auto* timer = std::get_if<TimerChanged>(&record.what);
  return std::holds_alternative<Signalled>(record.what) ||
         std::holds_alternative<StateChanged>(record.what) ||
         (timer != nullptr && timer->change.what != TimerAction::Expire);
}

class Figure {
 public:
  explicit Figure(const Timeline& timeline) : timeline_(timeline) {
    ends_.resize(timeline.segments.size() + 1);
    for (std::size_t i = 0; i < timeline.records.size(); ++i) {
      const auto& what = timeline.records[i].what;
      if (const auto* sent = std::get_if<Sent>(&what)) ends_[index(sent->segment)].left = i;
      if (const auto* got = std::get_if<Received>(&what)) ends_[index(got->segment)].came = i;
      if (const auto* lost = std::get_if<Lost>(&what)) ends_[index(lost->segment)].came = i;
    }
  }

  std::string draw() {
    out_ +=
        Line().at(client_column, name(Side::Client)).at(server_column, name(Side::Server)).take();
    ++number_;
    out_ +=
        line().at(client_column, state(Side::Client)).at(server_column, state(Side::Server)).take();
    for (std::size_t i = 0; i < timeline_.records.size(); ++i) record(i);
    return out_;
  }

 private:
  /// The records at which a segment leaves, and arrives or dies.
  struct Ends {
    std::optional<std::size_t> left;  ///< nobody sends a copy or a forgery
    std::optional<std::size_t> came;
  };
  enum class Part { Whole, Leaves, Arrives, Lost, Dies };

  static std::size_t index(int number) { return static_cast<std::size_t>(number); }

  void record(std::size_t at) {
    const Record& record = timeline_.records[at];
    if (const auto* called = std::get_if<Called>(&record.what)) {
      group(record.side, call_text(*called));
    } else if (const auto* host = std::get_if<HostChanged>(&record.what)) {
      group(record.side, render(host->up ? Text::figure_reboot : Text::figure_crash));
    } else if (const auto* timer = std::get_if<TimerChanged>(&record.what)) {
      if (!is_effect(record)) group(record.side, render(timer_text(timer->change.timer)));
    } else if (const auto* changed = std::get_if<StateChanged>(&record.what)) {
      states_[core::index(record.side)] = changed->to;
      if (!on_segment_line(at)) event(record.side, to_string(changed->to));
    } else if (const auto* sent = std::get_if<Sent>(&record.what)) {
      if (!at_once(sent->segment)) segment(sent->segment, Part::Leaves);
    } else if (const auto* received = std::get_if<Received>(&record.what)) {
      take_states(at);
      segment(received->segment, at_once(received->segment) ? Part::Whole : Part::Arrives);
    } else if (const auto* lost = std::get_if<Lost>(&record.what)) {
      segment(lost->segment, at_once(lost->segment) ? Part::Lost : Part::Dies);
    }
  }

  /// A segment is one line when nothing else happens while it is on its way; else it has a line
  /// where it leaves and another where it arrives, as in the RFC's figure 13.
  [[nodiscard]] bool at_once(int number) const {
    const Ends& ends = ends_[index(number)];
    if (!ends.left || !ends.came) return false;
    const auto begin = timeline_.records.begin();
    return std::all_of(begin + static_cast<std::ptrdiff_t>(*ends.left) + 1,
                       begin + static_cast<std::ptrdiff_t>(*ends.came), is_effect);
  }

  /// The state that a segment leads to stands on the segment's own line.
  void take_states(std::size_t arrival) {
    const auto& records = timeline_.records;
    for (std::size_t i = arrival + 1; i < records.size() && is_effect(records[i]); ++i) {
      const auto* changed = std::get_if<StateChanged>(&records[i].what);
      if (changed != nullptr) states_[core::index(records[i].side)] = changed->to;
    }
  }

  /// A state needs no line of its own when a segment brought it, or leaves with it.
  [[nodiscard]] bool on_segment_line(std::size_t at) const {
    const auto& records = timeline_.records;
    std::size_t head = at;
    while (is_effect(records[head])) --head;
    std::size_t next = at;
    while (next < records.size() && is_effect(records[next])) ++next;
    return std::holds_alternative<Received>(records[head].what) ||
           (next < records.size() && std::holds_alternative<Sent>(records[next].what));
  }

  void segment(int which, Part part) {
    // A segment continues the group of the call or timer that sends it; else it is a group.
    if (!std::exchange(after_event_, false)) ++number_;
    const Transmission& sent = timeline_.segment(which);
    const bool right = sent.from == Side::Client;
    const std::string_view arrow = right ? "-->" : "<--";
    std::string_view near = arrow;
    std::string_view far = arrow;
    if (part == Part::Leaves) far = "...";
    if (part == Part::Arrives) near = "...";
    if (part == Part::Lost) far = "x";
    if (part == Part::Dies) near = "...", far = "x";
    const bool shows_sender = part != Part::Arrives && part != Part::Dies;
    const bool shows_receiver = part == Part::Whole || part == Part::Arrives;
    const bool client = right ? shows_sender : shows_receiver;
    const bool server = right ? shows_receiver : shows_sender;
    out_ += line()
                .at(client_column, client ? state(Side::Client) : "")
                .at(arrow_column, right ? near : far)
                .at(segment_column, segment_text(sent.segment))
                .at(second_arrow_column, right ? far : near)
                .at(server_column, server ? state(Side::Server) : "")
                .take();
  }

  /// A call or a timer begins a group of lines.
  void group(Side side, std::string_view text) {
    ++number_;
    after_event_ = true;
    event(side, text);
  }

  void event(Side side, std::string_view text) {
    out_ += line().at(side == Side::Client ? client_column : server_column, text).take();
  }

  /// A new line, with the number of its group when it is the first of one.
  [[nodiscard]] Line line() {
    Line line;
    if (number_ > written_) {
      const std::string digits = std::to_string(number_) + ".";
      line.at(digits.size() < 3 ? 1 : 0, digits);
      written_ = number_;
    }
    return line;
  }

  [[nodiscard]] std::string_view state(Side side) const {
    return to_string(states_[core::index(side)]);
  }

  const Timeline& timeline_;
  const World& start_ = timeline_.steps.front().world;
  std::array<State, 2> states_ = {start_.at(Side::Client).tcb.state,
                                  start_.at(Side::Server).tcb.state};
  std::vector<Ends> ends_;  ///< by a segment's number
  bool after_event_ = false;
  int number_ = 0;
  int written_ = 0;
  std::string out_;
};

}  // namespace

std::string figure(const Timeline& timeline) {
  return Figure(timeline).draw();
}

}  // namespace core
