# SDL2 as a guest in a page: it makes the window and the WebGL context, and nothing else. Its
# sources are listed here because its own configuring takes many minutes under Emscripten, and
# because what is not listed weighs nothing. Left out on purpose, beside sound, controllers and
# drawing: SDL_emscriptenevents.c, SDL_emscriptenmouse.c and SDL_emscriptenframebuffer.c.
# web/platform/sdl_guest.c answers in their place, so that SDL never listens to the page and cannot
# take keys, wheel or touch.

enable_language(C)

set(src ${sdl2_SOURCE_DIR}/src)
add_library(sdl2 STATIC
  ${PROJECT_SOURCE_DIR}/web/platform/sdl_guest.c
  ${src}/SDL.c
  ${src}/SDL_assert.c
  ${src}/SDL_error.c
  ${src}/SDL_hints.c
  ${src}/SDL_list.c
  ${src}/SDL_log.c
  ${src}/SDL_utils.c
  ${src}/atomic/SDL_atomic.c
  ${src}/atomic/SDL_spinlock.c
  ${src}/cpuinfo/SDL_cpuinfo.c
  ${src}/events/SDL_clipboardevents.c
  ${src}/events/SDL_displayevents.c
  ${src}/events/SDL_dropevents.c
  ${src}/events/SDL_events.c
  ${src}/events/SDL_gesture.c
  ${src}/events/SDL_keyboard.c
  ${src}/events/SDL_keysym_to_scancode.c
  ${src}/events/SDL_mouse.c
  ${src}/events/SDL_quit.c
  ${src}/events/SDL_scancode_tables.c
  ${src}/events/SDL_touch.c
  ${src}/events/SDL_windowevents.c
  ${src}/loadso/dummy/SDL_sysloadso.c
  ${src}/stdlib/SDL_crc32.c
  ${src}/stdlib/SDL_getenv.c
  ${src}/stdlib/SDL_iconv.c
  ${src}/stdlib/SDL_malloc.c
  ${src}/stdlib/SDL_qsort.c
  ${src}/stdlib/SDL_stdlib.c
  ${src}/stdlib/SDL_string.c
  ${src}/stdlib/SDL_strtokr.c
  ${src}/thread/SDL_thread.c
  ${src}/thread/generic/SDL_syscond.c
  ${src}/thread/generic/SDL_sysmutex.c
  ${src}/thread/generic/SDL_syssem.c
  ${src}/thread/generic/SDL_systhread.c
  ${src}/thread/generic/SDL_systls.c
  ${src}/timer/SDL_timer.c
  ${src}/timer/unix/SDL_systimer.c
  ${src}/video/SDL_RLEaccel.c
  ${src}/video/SDL_blit.c
  ${src}/video/SDL_blit_0.c
  ${src}/video/SDL_blit_1.c
  ${src}/video/SDL_blit_A.c
  ${src}/video/SDL_blit_N.c
  ${src}/video/SDL_blit_auto.c
  ${src}/video/SDL_blit_copy.c
  ${src}/video/SDL_blit_slow.c
  ${src}/video/SDL_bmp.c
  ${src}/video/SDL_clipboard.c
  ${src}/video/SDL_egl.c
  ${src}/video/SDL_fillrect.c
  ${src}/video/SDL_pixels.c
  ${src}/video/SDL_rect.c
  ${src}/video/SDL_shape.c
  ${src}/video/SDL_stretch.c
  ${src}/video/SDL_surface.c
  ${src}/video/SDL_video.c
  ${src}/video/SDL_yuv.c
  ${src}/video/emscripten/SDL_emscriptenopengles.c
  ${src}/video/emscripten/SDL_emscriptenvideo.c)
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
    SDL_LOADSO_DUMMY=1
    SDL_RENDER_DISABLED=1)
target_compile_options(sdl2 PRIVATE -w)
target_link_libraries(sdl2 PUBLIC platform)
set_target_properties(sdl2 PROPERTIES NOTICE ${sdl2_SOURCE_DIR}/LICENSE.txt)
