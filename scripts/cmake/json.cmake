# nlohmann/json is headers only.

add_library(json INTERFACE)
target_include_directories(json SYSTEM INTERFACE ${json_SOURCE_DIR}/include)
set_target_properties(json PROPERTIES NOTICE ${json_SOURCE_DIR}/LICENSE.MIT)
