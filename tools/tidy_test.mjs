// Each rule of tools/tidy.mjs fails on a bad sample: a small project that is clean, with one file
// made bad; and a copy of this repository in which a room uses one that it does not declare.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { functions, lex, repositoryFiles, tidy } from './tidy.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..');

const clean = {
  'README.md': 'See [the list](src/CMakeLists.txt) and [elsewhere](https://example.org).\n',
  'src/CMakeLists.txt':
    'huilu_room(base)\nhuilu_room(store USES base LINKS x)\nhuilu_room(org USES store)\n' +
    'huilu_room(api USES org)\nhuilu_room(cli USES org)\n',
  'src/base/date.h': '// A day.\n#pragma once\n\nint days();\n',
  'src/base/date.cpp': '#include "base/date.h"\n\nint days() { return 1\'000; }\n',
  'src/base/time.cpp': '#include "base/date.h"\n\nauto t = std::chrono::system_clock::now();\n',
  'src/store/sqlite.cpp': '#include <sqlite3.h>\n\nauto q = "select a from b where c = 1";\n',
  'src/org/tables.cpp': '#include "base/date.h"\n\nauto q = "insert into unit values (?1)";\n',
  'src/org/schema/0001_units.sql': 'create table unit(id bigint){strict};\n',
  'src/main.cpp': '#include "base/date.h"\n\nint main() { return days(); }\n',
};

const lines = (count, line) => `${line}\n`.repeat(count);

// [what is wrong, the files that make it so, what is said]; null removes a file.
const samples = [
  ['a line over 100 columns', { 'src/main.cpp': `// ${'x'.repeat(100)}\n` }, /over 100 columns/],
  ['wide characters counted twice', { 'src/main.cpp': `// ${'支'.repeat(49)}\n` }, /over 100/],
  ['a long function',
    { 'src/main.cpp': `int main() {\n${lines(70, '  f();')}}\n` }, /main: 72 lines, over 70/],
  ['a long method',
    { 'src/main.cpp': `class A {\n public:\n  A() : b_(1) {\n${lines(70, '    f();')}  }\n};\n` },
    /src\/main.cpp:3: A: 72 lines/],
  ['a long file', { 'src/main.cpp': lines(501, 'int i;') }, /501 lines, over 500/],
  ['the wall clock', { 'src/main.cpp': 'auto t = std::chrono::system_clock::now();\n' }, /Clock/],
  ['time(nullptr)', { 'src/main.cpp': 'auto t = time(nullptr);\n' }, /wall clock/],
  ['gettimeofday', { 'src/main.cpp': 'gettimeofday(&t, nullptr);\n' }, /wall clock/],
  ['catch (...)', { 'src/org/tables.cpp': 'void f() { try { g(); } catch (...) {} }\n' }, /catch/],
  ['rand()', { 'src/main.cpp': 'int i = std::rand();\n' }, /rand\(\): random_bytes/],
  ['std::endl', { 'src/main.cpp': 'out << std::endl;\n' }, /std::endl/],
  ['using namespace', { 'src/main.cpp': 'using namespace std;\n' }, /using namespace/],
  ['std::views', { 'src/main.cpp': 'auto v = a | std::views::all;\n' }, /std::views/],
  ['std::format', { 'src/main.cpp': 'auto v = std::format("{}", 1);\n' }, /fmt::format/],
  ['std::expected', { 'src/main.cpp': 'std::expected<int, int> v;\n' }, /Result/],
  ['printf', { 'src/org/tables.cpp': 'void f() { printf("x"); }\n' }, /printing/],
  ['std::cout', { 'src/org/tables.cpp': 'void f() { std::cout << 1; }\n' }, /printing/],
  ['sleep', { 'src/main.cpp': 'std::this_thread::sleep_for(1s);\n' }, /sleep: wait/],
  ['SQL outside its files',
    { 'src/org/rules.cpp': 'auto q = "select a, b "\n         "from unit";\n' },
    /src\/org\/rules.cpp:1: SQL/],
  ['SQL in a raw literal',
    { 'src/org/rules.cpp': 'auto q = R"(\nupdate a set b = 1)";\n' }, /SQL/],
  ['delete outside its files', { 'src/main.cpp': 'auto q = "delete from unit";\n' }, /SQL/],
  ['a database in a header',
    { 'src/org/types.h': '// T.\n#pragma once\n#include <libpq-fe.h>\n' }, /libpq-fe.h in a/],
  ['Boost in a header',
    { 'src/org/types.h': '// T.\n#pragma once\n#include <boost/json.hpp>\n' }, /in a header/],
  ['a header without paragraph', { 'src/base/date.h': '#pragma once\n' }, /opening paragraph/],
  ['a header without #pragma once', { 'src/base/date.h': '// A day.\nint i;\n' }, /#pragma once/],
  ['get_', { 'src/base/date.h': '// A day.\n#pragma once\nint get_days();\n' }, /get_: name/],
  ['own header not first',
    { 'src/base/date.cpp': '#include <string>\n#include "base/date.h"\n' }, /own header first/],
  ['an include that is not there', { 'src/main.cpp': '#include "base/day.h"\n' }, /no such file/],
  ['an include without its room', { 'src/base/date.cpp': '#include "date.h"\n' }, /no such file/],
  ['a room that is not declared',
    { 'src/base/date.cpp': '#include "base/date.h"\n#include "org/types.h"\n',
      'src/org/types.h': '// T.\n#pragma once\n' }, /room base does not declare org/],
  ['a circle', { 'src/CMakeLists.txt': 'huilu_room(base USES org)\nhuilu_room(org USES base)\n' },
    /circle: base uses org/],
  ['a room that is none', { 'src/CMakeLists.txt': 'huilu_room(base USES x)\n' }, /x, which is no/],
  ['a room on top that is used',
    { 'src/CMakeLists.txt': 'huilu_room(base)\nhuilu_room(cli)\nhuilu_room(org USES cli)\n' },
    /only src\/main.cpp joins/],
  ['a word for everything', { 'src/CMakeLists.txt': 'huilu_room(utils)\n' }, /word of the domain/],
  ['a source in no room', { 'src/lost/date.cpp': 'int i;\n' }, /dead file: in no room/],
  ['a header that nobody includes',
    { 'src/org/types.h': '// T.\n#pragma once\n' }, /dead file: nothing includes it/],
  ['a name in capitals', { 'src/base/DateText.cpp': 'int i;\n' }, /snake_case/],
  ['a large blob', { 'docs/picture.png': 'x'.repeat(310 * 1024) }, /bytes: make it/],
  ['unfinished work', { 'src/main.cpp': '// FIX' + 'ME: later\n' }, /unfinished/],
  ['the path of a machine', { dev: 'cd /root/main\n' }, /path of one machine/],
  ['a registry host', { 'a.json': '"https://registry.npmjs.org/a"\n' }, /registry host/],
  ['a dead link', { 'README.md': 'See [this](docs/none.md).\n' }, /dead link: docs\/none.md/],
  ['a migration number twice',
    { 'src/store/schema/0001_head.sql': 'create table head(id bigint){strict};\n' },
    /number 0001 is taken/],
  ['a migration without number', { 'src/org/schema/units.sql': '\n' }, /NNNN_words.sql/],
];

function findings(changes) {
  const root = mkdtempSync(join(tmpdir(), 'huilu-tidy-'));
  try {
    const files = Object.entries({ ...clean, ...changes });
    for (const [file, text] of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    return tidy(root, files.map(([file]) => file));
  } finally {
    rmSync(root, { recursive: true });
  }
}

test('a clean project has no findings', () => assert.deepEqual(findings({}), []));

for (const [what, changes, expected] of samples) {
  test(`finds ${what}`, () => {
    const found = findings(changes);
    assert.ok(found.some((line) => expected.test(line)), `found only: ${found.join('\n')}`);
  });
}

test('a word in a comment or a literal is not code', () => {
  const main = '// rand() is banned\nauto a = "std::endl; time(nullptr)";\nauto b = \'"\';\n';
  assert.deepEqual(findings({ 'src/main.cpp': `${main}auto c = R"(printf("x"))";\n` }), []);
});

test('prose that begins with select is not SQL', () => {
  assert.deepEqual(findings({ 'src/org/rules.cpp': 'auto a = "update the unit";\n' }), []);
});

test('braces in literals and initialisers do not move the ends of functions', () => {
  const source =
    'const Table t = {{"a", f(1)},\n{"b"}};\n' +
    'void g() {\n  h("{");\n  auto l = [&](int i) { k(i); };\n}\n';
  assert.deepEqual(functions(lex(source).blank), [{ name: 'g', line: 3, lines: 4 }]);
});

test('a room of this repository that includes one it does not declare is found', () => {
  const root = mkdtempSync(join(tmpdir(), 'huilu-tidy-'));
  try {
    const files = repositoryFiles(repository).filter((file) => file.startsWith('src/'));
    for (const file of files) cpSync(join(repository, file), join(root, file));
    const victim = join(root, 'src/base/text.cpp');
    writeFileSync(victim, `${readFileSync(victim, 'utf8')}#include "store/store.h"\n`);
    const found = tidy(root, files).filter((line) => line.includes('does not declare'));
    assert.match(found.join('\n'), /^src\/base\/text\.cpp:\d+: room base does not declare store/);
  } finally {
    rmSync(root, { recursive: true });
  }
});
