# Flags that every target shares, and the sanitizer that a preset asks for.
set(HUILU_SANITIZE "" CACHE STRING "Value of -fsanitize, or empty")

add_library(huilu_options INTERFACE)
target_include_directories(huilu_options INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(huilu_options INTERFACE -Wall -Wextra -Wpedantic -Werror
                       $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>
                       # GCC 12 at -O2 sees what is not there in moved std::variants and in "x" +
                       # text.
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
                       # The compiler gathers garbage when it has this much; a twelfth of its time.
                       $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=524288>
                       # Several sources are compiled as one (CMAKE_UNITY_BUILD of the presets).
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
target_compile_definitions(huilu_options INTERFACE HUILU_VERSION="${PROJECT_VERSION}")
if(HUILU_SANITIZE)
  target_compile_options(huilu_options INTERFACE -fsanitize=${HUILU_SANITIZE}
                         -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(huilu_options INTERFACE -fsanitize=${HUILU_SANITIZE})
  if(HUILU_SANITIZE MATCHES "undefined")
    # These look at every access, which AddressSanitizer does already; without them files compile
    # two to three times as fast.
    target_compile_options(huilu_options INTERFACE -fno-sanitize=null,alignment,object-size,vptr
                           -fno-sanitize=pointer-overflow,nonnull-attribute
                           -fno-sanitize=returns-nonnull-attribute)
  endif()
  if(HUILU_SANITIZE MATCHES "thread")
    # Asio's fences are not modelled; the warning says so thousands of times. With this sanitizer
    # GCC 12 also sees accesses behind short texts that are appended to.
    target_compile_options(huilu_options INTERFACE -Wno-tsan -Wno-array-bounds
                           -Wno-stringop-overflow)
  endif()
endif()

# Tests compile in half the time so; what they test is compiled as it is shipped.
add_library(huilu_test_options INTERFACE)
target_link_libraries(huilu_test_options INTERFACE huilu_options)
target_compile_options(huilu_test_options INTERFACE $<$<CONFIG:Release>:-Og>)

find_program(CCACHE ccache)
if(CCACHE)
  # With these it can keep what was compiled with headers read before (see room.cmake).
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  add_compile_options($<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endif()
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()
