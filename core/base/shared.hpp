// Shared: a value that is cheap to copy, because copies share it until one of them is changed.
#pragma once

#include <memory>
#include <utility>

namespace core {

template <typename T>
class Shared {
 public:
  Shared() : value_(initial()) {}
  Shared(T value) : value_(std::make_shared<T>(std::move(value))) {}
  // Without moves, so that there is always a value.
  Shared(const Shared&) = default;
  Shared& operator=(const Shared&) = default;
  ~Shared() = default;

  [[nodiscard]] const T& operator*() const { return *value_; }
  [[nodiscard]] const T* operator->() const { return value_.get(); }
  operator const T&() const { return *value_; }

  /// The value, now this object's own. It may be changed until this object is copied.
  [[nodiscard]] T& change() {
    if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
    return *value_;
  }

  friend bool operator==(const Shared& a, const Shared& b) {
    return a.value_ == b.value_ || *a.value_ == *b.value_;
  }

 private:
  static const std::shared_ptr<T>& initial() {
    static const auto value = std::make_shared<T>();
    return value;
  }

  std::shared_ptr<T> value_;
};

}  // namespace core
