# SDL2 as a guest in a page: it makes the window and the WebGL context, and nothing else. Its
# sources are listed here because its own configuring takes many minutes under Emscripten, and
# because most of them would only weigh. web/platform/sdl_driver.c is the video driver, in place of
# the one that SDL2 has for Emscripten. web/platform/sdl_guest.c answers for what is not listed.

enable_language(C)

set(src ${sdl2_SOURCE_DIR}/src)
add_library(sdl2 STATIC
  ${PROJECT_SOURCE_DIR}/web/platform/sdl_driver.c
  ${PROJECT_SOURCE_DIR}/web/platform/sdl_guest.c
  ${src}/SDL.c
  ${src}/atomic/SDL_atomic.c
  ${src}/atomic/SDL_spinlock.c
  ${src}/cpuinfo/SDL_cpuinfo.c
  ${src}/stdlib/SDL_malloc.c
  ${src}/stdlib/SDL_stdlib.c
  ${src}/stdlib/SDL_string.c
  ${src}/video/SDL_pixels.c
  ${src}/video/SDL_rect.c
  ${src}/video/SDL_surface.c
  ${src}/video/SDL_video.c)
unset(src)

target_include_directories(sdl2 SYSTEM PUBLIC ${sdl2_SOURCE_DIR}/include)
target_include_directories(sdl2 SYSTEM PRIVATE ${sdl2_SOURCE_DIR}/src)
target_compile_definitions(sdl2
  PUBLIC
    SDL_MAIN_HANDLED
  PRIVATE
    SDL_LEAN_AND_MEAN=1
    SDL_AUDIO_DISABLED=1
    SDL_JOYSTICK_DISABLED=1
    SDL_SENSOR_DISABLED=1
    SDL_POWER_DISABLED=1
    SDL_FILESYSTEM_DISABLED=1
    SDL_FILE_DISABLED=1
    SDL_RENDER_DISABLED=1
    SDL_TIMERS_DISABLED=1)
target_compile_options(sdl2 PRIVATE -w)
target_link_libraries(sdl2 PUBLIC platform)
set_target_properties(sdl2 PROPERTIES NOTICE ${sdl2_SOURCE_DIR}/LICENSE.txt)

add_custom_command(TARGET sdl2 POST_BUILD
  COMMAND ${CMAKE_COMMAND} -DNM=${CMAKE_NM} -DLIBRARY=$<TARGET_FILE:sdl2> -DOBJECT=sdl_guest.c.o
    -P ${CMAKE_CURRENT_LIST_DIR}/check_answers.cmake
  VERBATIM)
