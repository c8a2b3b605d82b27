/* Empty versions of what SDL2's Emscripten driver would do to the page.
 *
 * SDL2 makes the stage's window and WebGL context. Its own event code listens to the whole page: it
 * swallows the wheel, touches, the arrow keys and F5, and traps Tab. Hints cure one of these at a
 * time. Here the functions that would register those listeners, set the mouse cursor and copy a
 * software framebuffer are defined empty instead, and SDL's own files for them are not compiled
 * (scripts/cmake/sdl2.cmake). Input reaches Dear ImGui from the stage's box in the document. */

#include "SDL_internal.h"

#include "SDL_render.h"
#include "render/SDL_sysrender.h"
#include <EGL/egl.h>
#include <emscripten/html5.h>

#include "video/SDL_sysvideo.h"
#include "video/emscripten/SDL_emscriptenvideo.h"

#include "video/emscripten/SDL_emscriptenevents.h"
#include "video/emscripten/SDL_emscriptenframebuffer.h"
#include "video/emscripten/SDL_emscriptenmouse.h"

void Emscripten_RegisterEventHandlers(SDL_WindowData *data)
{
    (void)data;
}

void Emscripten_UnregisterEventHandlers(SDL_WindowData *data)
{
    (void)data;
}

EM_BOOL Emscripten_HandleCanvasResize(int event_type, const void *reserved, void *user_data)
{
    (void)event_type;
    (void)reserved;
    (void)user_data;
    return 0;
}

void Emscripten_InitMouse(void) {}

void Emscripten_FiniMouse(void) {}

int Emscripten_CreateWindowFramebuffer(
    _THIS, SDL_Window *window, Uint32 *format, void **pixels, int *pitch)
{
    (void)_this;
    (void)window;
    (void)format;
    (void)pixels;
    (void)pitch;
    return SDL_Unsupported();
}

int Emscripten_UpdateWindowFramebuffer(
    _THIS, SDL_Window *window, const SDL_Rect *rects, int count)
{
    (void)_this;
    (void)window;
    (void)rects;
    (void)count;
    return SDL_Unsupported();
}

void Emscripten_DestroyWindowFramebuffer(_THIS, SDL_Window *window)
{
    (void)_this;
    (void)window;
}

/* SDL_video.c asks for these when a window is resized or destroyed; there is never a renderer. */

SDL_Renderer *SDL_GetRenderer(SDL_Window *window)
{
    (void)window;
    return NULL;
}

void SDL_DestroyRendererWithoutFreeing(SDL_Renderer *renderer)
{
    (void)renderer;
}

/* The GL functions are linked by name; looking them up would bring a table of all of them. */
__eglMustCastToProperFunctionPointerType eglGetProcAddress(const char *name)
{
    (void)name;
    return NULL;
}

/* The page owns its title, and nothing here goes full screen. */

void emscripten_set_window_title(const char *title)
{
    (void)title;
}

EMSCRIPTEN_RESULT emscripten_request_fullscreen_strategy(
    const char *target, EM_BOOL defer, const EmscriptenFullscreenStrategy *strategy)
{
    (void)target;
    (void)defer;
    (void)strategy;
    return EMSCRIPTEN_RESULT_NOT_SUPPORTED;
}

EMSCRIPTEN_RESULT emscripten_exit_fullscreen(void)
{
    return EMSCRIPTEN_RESULT_NOT_SUPPORTED;
}
