// WebGL's state, for Dear ImGui's renderer. It asks for the state before it draws and puts it back
// afterwards, for programs that draw something else, too. Here nothing else draws: before each
// frame the state is the one that WebGL begins with, and so it is answered without the browser,
// which would take more than twenty calls for each frame.
//
// A question that is not listed here stops the stage: a new renderer may ask it, and the tests
// would show it.

#include <GLES3/gl3.h>
#include <emscripten/em_js.h>

#include <algorithm>

// clang-format off
EM_JS(int, largest_texture, (), {
  return GLctx.getParameter(GLctx.MAX_TEXTURE_SIZE);
});
// clang-format on

extern "C" {

void glGetIntegerv(GLenum name, GLint* value) {
  switch (name) {
    case GL_MAJOR_VERSION: *value = 3; return;
    case GL_MINOR_VERSION: *value = 0; return;
    case GL_MAX_TEXTURE_SIZE: *value = largest_texture(); return;
    case GL_ACTIVE_TEXTURE: *value = GL_TEXTURE0; return;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA: *value = GL_FUNC_ADD; return;
    case GL_BLEND_SRC_RGB:
    case GL_BLEND_SRC_ALPHA: *value = GL_ONE; return;
    case GL_BLEND_DST_RGB:
    case GL_BLEND_DST_ALPHA: *value = GL_ZERO; return;
    case GL_ARRAY_BUFFER_BINDING:
    case GL_CURRENT_PROGRAM:
    case GL_PIXEL_UNPACK_BUFFER_BINDING:
    case GL_SAMPLER_BINDING:
    case GL_TEXTURE_BINDING_2D:
    case GL_VERTEX_ARRAY_BINDING: *value = 0; return;
    // Each frame sets these two for itself.
    case GL_SCISSOR_BOX:
    case GL_VIEWPORT: std::fill_n(value, 4, 0); return;
    default: __builtin_trap();
  }
}

GLboolean glIsEnabled(GLenum) {
  return GL_FALSE;
}

}  // extern "C"
