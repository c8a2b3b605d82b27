/* What SDL2 asks for when it makes a window and a context, and what the stage has not: here it is
 * answered with nothing. SDL2's own files for it are not compiled (scripts/cmake/sdl2.cmake).
 *
 * The build keeps this list right. Without a function that SDL2 calls the stage does not link, and
 * scripts/cmake/check_answers.cmake refuses a function that SDL2 does not call. */

#include "SDL_internal.h"
/* These two must come first. */
#include "SDL.h"
#include "video/SDL_sysvideo.h"

#include "SDL_list.h"
#include "events/SDL_displayevents_c.h"
#include "events/SDL_events_c.h"
#include "events/SDL_keyboard_c.h"
#include "events/SDL_mouse_c.h"
#include "events/SDL_touch_c.h"
#include "events/SDL_windowevents_c.h"
#include "render/SDL_sysrender.h"

#define NOTHING(name, ...) \
  void name(__VA_ARGS__) {}
#define ZERO(type, name, ...) \
  type name(__VA_ARGS__) {    \
    return 0;                 \
  }

/* Events: the page passes on what the reader does (bridge.cpp). */
ZERO(int, SDL_EventsInit, void)
NOTHING(SDL_EventsQuit, void)
ZERO(Uint8, SDL_EventState, Uint32, int)
ZERO(int, SDL_SendDisplayEvent, SDL_VideoDisplay*, Uint8, int)
ZERO(int, SDL_SendWindowEvent, SDL_Window*, Uint8, int, int)

/* Keyboard, mouse and touch. Only for a window with the focus does SDL2 ask about its mouse. */
ZERO(int, SDL_KeyboardInit, void)
NOTHING(SDL_KeyboardQuit, void)
ZERO(SDL_Window*, SDL_GetKeyboardFocus, void)
NOTHING(SDL_SetKeyboardFocus, SDL_Window*)
ZERO(int, SDL_MousePreInit, void)
NOTHING(SDL_MousePostInit, void)
NOTHING(SDL_MouseQuit, void)
ZERO(SDL_Mouse*, SDL_GetMouse, void)
ZERO(SDL_Window*, SDL_GetMouseFocus, void)
NOTHING(SDL_SetMouseFocus, SDL_Window*)
ZERO(Uint32, SDL_GetMouseState, int*, int*)
ZERO(int, SDL_UpdateMouseCapture, SDL_bool)
NOTHING(SDL_WarpMouseInWindow, SDL_Window*, int, int)
ZERO(int, SDL_TouchInit, void)
NOTHING(SDL_TouchQuit, void)

/* Hints: none is set. */
ZERO(const char*, SDL_GetHint, const char*)
SDL_bool SDL_GetHintBoolean(const char* name, SDL_bool otherwise) {
  return otherwise;
}
ZERO(SDL_bool, SDL_SetHint, const char*, const char*)

/* Errors: a failure is told by what a function returns, and nobody reads SDL2's words for it. */
NOTHING(SDL_ClearError, void)
int SDL_SetError(const char* format, ...) {
  return -1;
}
int SDL_Error(SDL_errorcode code) {
  return -1;
}

/* Threads: there is one. For it SDL2 keeps two things, the current window and the current context.
 * Numbers of things begin with 1; 0 says that there is no room. */
enum { things = 2 };
static const void* kept[things + 1];
static SDL_TLSID last;
ZERO(SDL_threadID, SDL_ThreadID, void)
SDL_TLSID SDL_TLSCreate(void) {
  return last < things ? ++last : 0;
}
void* SDL_TLSGet(SDL_TLSID id) {
  return (void*)kept[id];
}
int SDL_TLSSet(SDL_TLSID id, const void* thing, void (*end)(void*)) {
  kept[id] = thing;
  return 0;
}

/* Waiting; SDL2's own renderer; lists of displays and their modes, of which there is one. */
NOTHING(SDL_Delay, Uint32)
ZERO(SDL_Renderer*, SDL_GetRenderer, SDL_Window*)
NOTHING(SDL_DestroyRendererWithoutFreeing, SDL_Renderer*)
NOTHING(SDL_ListRemove, SDL_ListNode**, void*)
NOTHING(SDL_qsort, void*, size_t, size_t, SDL_CompareCallback)
