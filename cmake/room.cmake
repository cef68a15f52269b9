# huilu_room(name [WHOLE] USES room... LINKS target...)
#
# One folder is one static library and, where it has *_test.cpp, one test binary. The library sees
# only the rooms named in USES; the test links the room and nothing else, so that a call into an
# undeclared room does not link, and tools/tidy.mjs compares every #include with USES.
# schema/NNNN_words.sql becomes part of the list of migrations (see src/CMakeLists.txt).
#
# The target unit_tests builds the rooms' test binaries, labelled `unit`. WHOLE: the room stands on
# nearly all others, its tests are labelled `whole` and built by whole_tests. headers compiles alone
# every header without a source.
include(GoogleTest)
add_custom_target(unit_tests)
add_custom_target(whole_tests)
add_custom_target(headers)

# What nearly every source includes of the standard library is read once and not two hundred times.
# Sources still include what they use: headers and clang-tidy are compiled without.
file(CONFIGURE OUTPUT empty.cpp CONTENT "")
add_library(standard_headers OBJECT EXCLUDE_FROM_ALL ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
target_link_libraries(standard_headers PRIVATE huilu_options)
target_precompile_headers(standard_headers PRIVATE <algorithm> <array> <atomic> <charconv> <chrono>
                          <condition_variable> <cstdint> <filesystem> <fstream> <functional>
                          <future> <map> <memory> <mutex> <optional> <random> <set> <span> <string>
                          <string_view> <thread> <tuple> <unordered_map> <utility> <variant>
                          <vector>)

# A room's tests in four processes: a sanitized one takes seconds to begin, which each test would
# pay in a process of its own. The longest begin first, so that none of them runs alone at the end.
function(huilu_shards name label)
  if(name MATCHES "^(obligation|policy|compliance)$")
    set(cost 100)
  else()
    set(cost 1)
  endif()
  foreach(shard RANGE 3)
    set(share "GTEST_TOTAL_SHARDS=4;GTEST_SHARD_INDEX=${shard};GTEST_BRIEF=1")
    add_test(NAME ${name}.${shard} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
    set_tests_properties(${name}.${shard} PROPERTIES LABELS ${label} COST ${cost} TIMEOUT 1800
                         ENVIRONMENT "${share}")
  endforeach()
endfunction()

function(huilu_room name)
  cmake_parse_arguments(ROOM "WHOLE" "" "USES;LINKS" ${ARGN})
  if(ROOM_WHOLE)
    set(label whole)
  else()
    set(label unit)
  endif()
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
    target_precompile_headers(room_${name} REUSE_FROM standard_headers)
  else()
    add_library(room_${name} INTERFACE)
    target_link_libraries(room_${name} INTERFACE huilu_options ${ROOM_USES})
  endif()

  if(tests)
    add_executable(${name}_test ${tests})
    # Compiled with sanitizers a test takes the most memory of all.
    set_target_properties(${name}_test PROPERTIES UNITY_BUILD_BATCH_SIZE 8)
    target_link_libraries(${name}_test PRIVATE huilu_test_options room_${name} ${ROOM_LINKS}
                          rapidcheck GTest::gtest GTest::gtest_main)
    target_precompile_headers(${name}_test REUSE_FROM standard_headers)
    if(HUILU_SANITIZE)
      huilu_shards(${name} ${label})
    else()
      gtest_discover_tests(${name}_test TEST_PREFIX ${name}. DISCOVERY_TIMEOUT 60
                           WORKING_DIRECTORY ${CMAKE_BINARY_DIR}
                           PROPERTIES LABELS ${label} TIMEOUT 300)
    endif()
    add_dependencies(${label}_tests ${name}_test)
  endif()

  # A source includes its own header first; clang-tidy, which reads sources one by one, shows that
  # this stands alone. The other headers are shown here. Not linked to the room, so that nothing
  # else has to be built first.
  set(alone "")
  foreach(header IN LISTS headers)
    cmake_path(GET header STEM stem)
    if(EXISTS ${dir}/${stem}.cpp)
      continue()
    endif()
    list(APPEND alone ${CMAKE_CURRENT_BINARY_DIR}/headers/${name}/${stem}.cpp)
    file(CONFIGURE OUTPUT headers/${name}/${stem}.cpp CONTENT "#include \"${name}/${stem}.h\"\n")
  endforeach()
  if(sources AND alone)
    add_library(headers_${name} OBJECT EXCLUDE_FROM_ALL ${alone})
    target_link_libraries(headers_${name} PRIVATE huilu_options)
    set_target_properties(headers_${name} PROPERTIES UNITY_BUILD OFF)
    target_include_directories(headers_${name} PRIVATE
                               $<TARGET_PROPERTY:room_${name},INCLUDE_DIRECTORIES>)
    add_dependencies(headers headers_${name})
  endif()

  file(GLOB schema CONFIGURE_DEPENDS ${dir}/schema/*.sql)
  set_property(GLOBAL APPEND PROPERTY HUILU_SCHEMA ${schema})
endfunction()
