# huilu_embed(target variable header FILES...): the files' bytes inside the binary.
#
# Writes a source file that defines `const std::vector<huilu::EmbeddedFile> <variable>` (declared
# in base/embedded.h), each with its path relative to BASE and its bytes.
function(huilu_embed target variable)
  cmake_parse_arguments(EMBED "" "BASE" "FILES" ${ARGN})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${variable}.cpp)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DVARIABLE=${variable} -DBASE=${EMBED_BASE}
            "-DFILES=${EMBED_FILES}" -P ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    DEPENDS ${EMBED_FILES} ${PROJECT_SOURCE_DIR}/cmake/write_embedded.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
  set_source_files_properties(${out} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
