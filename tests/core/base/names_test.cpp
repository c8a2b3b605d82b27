// The tables of names: each enumerator has a word of its own, and the word leads back to it.
#include "core/base/names.hpp"
#include "core/tcp/state_table.hpp"
#include "core/tcp/step.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string_view>

namespace {

template <core::Named E>
void check_names(std::size_t count) {
  CHECK(core::all_of<E>.size() == count);
  std::set<std::string_view> words;
  for (const E value : core::all_of<E>) {
    CAPTURE(to_string(value));
    CHECK(words.insert(to_string(value)).second);
    CHECK(core::from_string<E>(to_string(value)) == value);
    CHECK(core::words_of<E>[static_cast<std::size_t>(value)] == to_string(value));
  }
  CHECK_FALSE(core::from_string<E>("").has_value());
  CHECK_FALSE(core::from_string<E>("nonsense").has_value());
}

}  // namespace

TEST_CASE("every enumerator has a word, and the word leads back to it") {
  check_names<core::State>(11);
  check_names<core::Side>(2);
  check_names<core::Rule>(84);
  check_names<core::Timer>(7);
  check_names<core::TimerAction>(4);
  check_names<core::Signal>(5);
  check_names<core::Verdict>(7);
  check_names<core::CallResult>(7);
  check_names<core::CallKind>(7);
  check_names<core::ShutdownHow>(3);
  check_names<core::PolicyKeyId>(28);
  check_names<core::ProfileId>(5);
  check_names<core::RstInTimeWait>(2);
  check_names<core::SynInTimeWait>(3);
  check_names<core::TimeWaitRestart>(3);
  check_names<core::TimeWaitAnswers>(2);
  check_names<core::ClosingAck>(2);
  check_names<core::AbortFlags>(2);
  check_names<core::Refusal>(5);
}

TEST_CASE("a call's kind is in the order of the calls") {
  CHECK(to_string(core::Call(core::Connect{})) == "connect");
  CHECK(to_string(core::Call(core::Listen{})) == "listen");
  CHECK(to_string(core::Call(core::SendOctets{})) == "send");
  CHECK(to_string(core::Call(core::ReceiveOctets{})) == "receive");
  CHECK(to_string(core::Call(core::Close{})) == "close");
  CHECK(to_string(core::Call(core::Shutdown{})) == "shutdown");
  CHECK(to_string(core::Call(core::Abort{})) == "abort");
}
