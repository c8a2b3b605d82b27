# The catalogue keeps what a scenario says, byte by byte, and drops only white space between tokens.

if(DEFINED ENV{TMPDIR})
  set(folder $ENV{TMPDIR}/catalogue-test)
else()
  set(folder /tmp/catalogue-test)
endif()
string(RANDOM LENGTH 8 suffix)
string(APPEND folder -${suffix})

file(WRITE ${folder}/first.json [=[
  {
  "title": "Two  spaces, a \"",
  "text": "[a]; {b} \\",
	"\u2192 $x": [ 1, -2.5e3 , true ]
}

]=])
file(WRITE ${folder}/second.json "{}\n")

set(script ${CMAKE_CURRENT_LIST_DIR}/../../scripts/cmake/catalogue.cmake)
execute_process(
  COMMAND ${CMAKE_COMMAND} "-DFILES=${folder}/second.json;${folder}/first.json"
    -DOUTPUT=${folder}/catalogue.cpp -P ${script}
  COMMAND_ERROR_IS_FATAL ANY)
file(READ ${folder}/catalogue.cpp text)

set(expected [=[    {"second.json",
     R"json({})json"},
    {"first.json",
     R"json({"title":"Two  spaces, a \"","text":"[a]; {b} \\","\u2192 $x":[1,-2.5e3,true]})json"},
]=])
string(FIND "${text}" "${expected}" place)

file(WRITE ${folder}/third.json "{\"a\": \")json\"}\n")
execute_process(
  COMMAND ${CMAKE_COMMAND} -DFILES=${folder}/third.json -DOUTPUT=${folder}/c.cpp -P ${script}
  RESULT_VARIABLE refused ERROR_VARIABLE sentence)

file(REMOVE_RECURSE ${folder})
if(place EQUAL -1)
  message(FATAL_ERROR "The catalogue is not as expected:\n${text}")
endif()
if(refused EQUAL 0 OR NOT sentence MATCHES "third.json: contains")
  message(FATAL_ERROR "A scenario that would end the C++ string was not refused")
endif()
