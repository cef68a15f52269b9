# huilu_room(name USES room... LINKS target...)
#
# One folder is one static library and, where it has *_test.cpp, one test binary. The library sees
# only the rooms named in USES; the test links the room and nothing else, so that a call into an
# undeclared room does not link, and tools/tidy.mjs compares every #include with USES.
# schema/NNNN_words.sql becomes part of the list of migrations (see src/CMakeLists.txt).
#
# The target unit_tests builds every room's test binary, all_verify_interface_header_sets compiles
# every header alone.
include(GoogleTest)
set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
add_custom_target(unit_tests)

function(huilu_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LINKS" ${ARGN})
  set(dir ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  file(GLOB sources CONFIGURE_DEPENDS ${dir}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  file(GLOB headers CONFIGURE_DEPENDS ${dir}/*.h)
  list(TRANSFORM ROOM_USES PREPEND room_)

  if(sources)
    add_library(room_${name} STATIC ${sources})
    target_link_libraries(room_${name} PUBLIC huilu_options ${ROOM_USES} PRIVATE ${ROOM_LINKS})
  else()
    add_library(room_${name} INTERFACE)
    target_link_libraries(room_${name} INTERFACE huilu_options ${ROOM_USES})
  endif()
  target_sources(room_${name} INTERFACE FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/src
                 FILES ${headers})

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE room_${name} ${ROOM_LINKS} rapidcheck GTest::gtest
                          GTest::gtest_main)
    gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
                         PROPERTIES LABELS unit TIMEOUT 300)
    add_dependencies(unit_tests ${name}_test)
  endif()

  file(GLOB schema CONFIGURE_DEPENDS ${dir}/schema/*.sql)
  set_property(GLOBAL APPEND PROPERTY HUILU_SCHEMA ${schema})
endfunction()
