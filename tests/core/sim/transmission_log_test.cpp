// Who carried a sequence number first: the look-up by which a retransmission is told.
#include "core/sim/transmission_log.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

struct Carried {
  std::uint32_t first = 0;
  std::uint32_t len = 0;
  core::Flags flags = {.ack = true};
};

struct Row {
  std::string name;
  std::vector<Carried> carried;  ///< in this order, from number 1 on
  std::uint32_t from;            ///< the number that is asked for first
  std::string found;             ///< who carried it and those after it: '-' for nobody
};

}  // namespace

TEST_CASE("a sequence number belongs to the first transmission that carried it") {
  const core::Flags syn = {.syn = true};
  const core::Flags fin = {.fin = true, .ack = true};
  const Row rows[] = {
      {"nothing", {}, 0, "---"},
      {"one", {{10, 3}}, 9, "-111-"},
      {"behind each other", {{10, 2}, {12, 2}}, 9, "-1122-"},
      {"before the others", {{12, 2}, {10, 2}}, 9, "-2211-"},
      {"apart", {{10, 2}, {14, 2}}, 9, "-11--22-"},
      {"the same once more", {{10, 3}, {10, 3}}, 9, "-111-"},
      {"a part of it once more", {{10, 4}, {11, 2}}, 9, "-1111-"},
      {"its beginning, and more", {{10, 2}, {10, 4}}, 9, "-1122-"},
      {"its end, and more before it", {{12, 2}, {10, 4}}, 9, "-2211-"},
      {"more on both sides", {{12, 2}, {10, 6}}, 9, "-221122-"},
      {"all that lies between two", {{10, 2}, {14, 2}, {12, 2}}, 9, "-113322-"},
      {"over a gap", {{10, 3}, {15, 3}, {11, 6}}, 9, "-11133222-"},
      {"over two ranges and all around", {{11, 2}, {15, 2}, {10, 9}}, 9, "-311332233-"},
      {"over three ranges", {{11, 1}, {13, 1}, {15, 1}, {10, 7}}, 9, "-4142434-"},
      {"from the last one on", {{10, 2}, {14, 2}, {15, 3}}, 9, "-11--2233-"},
      {"behind one that was repeated", {{10, 3}, {10, 3}, {13, 2}}, 9, "-11133-"},
      {"behind one of which a part was repeated", {{10, 4}, {11, 2}, {14, 2}}, 9, "-111133-"},
      {"and before another", {{10, 2}, {16, 1}, {10, 2}, {12, 2}}, 9, "-1144--2-"},
      {"a SYN and a FIN take one each", {{10, 0, syn}, {11, 1, fin}}, 9, "-122-"},
      {"past the largest number", {{0xFFFF'FFFE, 4}}, 0xFFFF'FFFD, "-1111-"},
      {"up to the largest number", {{0xFFFF'FFFE, 2}, {0, 1}}, 0xFFFF'FFFD, "-112-"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    core::Work work;
    core::FirstCarriers carriers(work);
    int number = 0;
    for (const Carried& one : row.carried) {
      carriers.add({.seq = {one.first}, .ack = {}, .flags = one.flags, .len = one.len}, ++number);
    }
    std::string found;
    for (std::uint32_t i = 0; i < row.found.size(); ++i) {
      const auto first = carriers.find(core::Seq{row.from} + i);
      found += first ? std::to_string(*first) : "-";
    }
    CHECK(found == row.found);
  }
}

TEST_CASE("each range that a transmission reaches over is looked at once, and so is each number") {
  core::Work work;
  core::FirstCarriers carriers(work);
  for (const std::uint32_t first : {11U, 13U, 15U}) {
    carriers.add({.seq = {first}, .ack = {}, .flags = {}, .len = 1}, 1);
  }
  CHECK(work.transmissions == 0);
  carriers.add({.seq = {10}, .ack = {}, .flags = {}, .len = 7}, 2);
  CHECK(work.transmissions == 3);
  CHECK(carriers.find({12}) == 2);
  CHECK(work.transmissions == 4);
}
