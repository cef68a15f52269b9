# Run by huilu_embed: OUT, VARIABLE, BASE, FILES -> a C++ source that has the assembler take in the
# files as they are, each followed by a zero.
set(assembly "")
set(declarations "")
set(entries "")
set(count 0)
list(SORT FILES)
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH name ${BASE} ${file})
  set(label ${VARIABLE}_${count})
  string(APPEND assembly "    \"${label}: .incbin \\\"${file}\\\"\\n\"\n"
         "    \"${label}_end: .byte 0\\n\"\n")
  string(APPEND declarations "extern const char ${label}[];\nextern const char ${label}_end[];\n")
  string(APPEND entries "    {\"${name}\", {${label}, ${label}_end}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUT} "#include \"base/embedded.h\"

asm(\".section .rodata\\n\"
${assembly}    \".previous\\n\");

namespace huilu {

extern \"C\" {
${declarations}}

extern const std::vector<EmbeddedFile> ${VARIABLE};
const std::vector<EmbeddedFile> ${VARIABLE} = {
${entries}};

}  // namespace huilu
")
