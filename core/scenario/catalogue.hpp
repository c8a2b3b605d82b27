// catalogue(): the scenario files that are built into the program, as text.
#pragma once

#include <span>
#include <string_view>

namespace core {

struct CatalogueFile {
  std::string_view name;  ///< "normal-close.json"
  std::string_view json;

  [[nodiscard]] std::string_view id() const { return name.substr(0, name.rfind('.')); }
};

/// All of them, in the order in which readers meet them. Generated from assets/scenarios.
[[nodiscard]] std::span<const CatalogueFile> catalogue();

/// The file of that id, or null.
[[nodiscard]] inline const CatalogueFile* catalogue_file(std::string_view id) {
  for (const CatalogueFile& file : catalogue()) {
    if (file.id() == id) return &file;
  }
  return nullptr;
}

}  // namespace core
