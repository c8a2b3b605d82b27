# Fails the build if one of the functions that answer in place of a library's own is called by no
# file of the library: it should go then.
#
#   cmake -DNM=llvm-nm -DLIBRARY=libsdl2.a -DOBJECT=sdl_guest.c.o -P check_answers.cmake

execute_process(COMMAND ${NM} -A ${LIBRARY} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL ":${OBJECT}:[^\n]* T [^\n]+" answers "${symbols}")
if(NOT answers)
  message(FATAL_ERROR "${OBJECT}: no functions found in ${LIBRARY}")
endif()
foreach(answer IN LISTS answers)
  string(REGEX REPLACE ".* " "" name ${answer})
  if(NOT symbols MATCHES " U ${name}\n")
    message(SEND_ERROR "${OBJECT}: nothing in ${LIBRARY} calls ${name}")
  endif()
endforeach()
