# huilu_room(name USES room... LINKS target...)
#
# One folder is one static library and, where it has *_test.cpp, one test binary. The library sees
# only the rooms named in USES; the test links the room and nothing else, so that a call into an
# undeclared room does not link, and tools/tidy.mjs compares every #include with USES.
# schema/NNNN_words.sql becomes part of the list of migrations (see src/CMakeLists.txt).
function(huilu_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LINKS" ${ARGN})
  set(dir ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM ROOM_USES PREPEND room_)

  if(sources)
    add_library(room_${name} STATIC ${sources})
    target_link_libraries(room_${name} PUBLIC huilu_options ${ROOM_USES} PRIVATE ${ROOM_LINKS})
  else()
    add_library(room_${name} INTERFACE)
    target_link_libraries(room_${name} INTERFACE huilu_options ${ROOM_USES})
  endif()

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE room_${name} ${ROOM_LINKS} GTest::gtest
                          GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name}_test)
  endif()

  file(GLOB schema CONFIGURE_DEPENDS ${dir}/schema/*.sql)
  set_property(GLOBAL APPEND PROPERTY HUILU_SCHEMA ${schema})
endfunction()
