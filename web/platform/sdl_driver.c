/* SDL2's video driver for the stage: one window, which is the stage's canvas, and its WebGL 2
 * context. SDL2 comes with a driver for Emscripten, but that one brings EGL, full screen and
 * cursors into the page, and listens to all of the page's events: it takes the wheel, touches, Tab
 * and F5 from the reader. SDL2 calls the functions below. It does not miss those that a driver may
 * have and this one has not. */

#include "SDL_internal.h"
/* This one must come first. */
#include <emscripten/em_js.h>

#include "video/SDL_sysvideo.h"

/* clang-format off */

EM_JS(void, canvas_resize, (int width, int height), {
  Module["canvas"].width = width;
  Module["canvas"].height = height;
});

// The page has asked for the context first, and has said what it is like (page/payload.js).
EM_JS_DEPS(canvas_context, "$GL");
EM_JS(int, canvas_context, (void), {
  const context = Module["canvas"].getContext("webgl2");
  if (!context) return 0;
  const handle = GL.registerContext(context, {majorVersion: 2});
  GL.makeContextCurrent(handle);
  return handle;
});

/* clang-format on */

static int video_init(_THIS) {
  return SDL_AddBasicVideoDisplay(NULL);
}

static void set_window_size(_THIS, SDL_Window* window) {
  canvas_resize(window->w, window->h);
}

/* The GL functions are linked by name. */
static int load_library(_THIS, const char* path) {
  return 0;
}

static SDL_GLContext create_context(_THIS, SDL_Window* window) {
  return (SDL_GLContext)canvas_context();
}

/* The browser shows what is drawn when it gets control back. */
static int swap_window(_THIS, SDL_Window* window) {
  return 0;
}

/* A stage is never closed: it goes with its instance. */
static void keep(_THIS) {}

static SDL_VideoDevice device = {
    .VideoInit = video_init,
    .VideoQuit = keep,
    .SetWindowSize = set_window_size,
    .GL_LoadLibrary = load_library,
    .GL_CreateContext = create_context,
    .GL_SwapWindow = swap_window,
    .free = keep,
};

static SDL_VideoDevice* create_device(void) {
  return &device;
}

VideoBootStrap Emscripten_bootstrap = {"stage", "the stage's canvas", create_device, NULL};
