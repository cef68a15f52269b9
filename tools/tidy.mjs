// The style guide as a test: walks the repository and says where a rule of CONTRIBUTING.md is
// broken and what to do instead. `./dev check` runs it; tools/tidy_test.mjs proves each rule.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const columnsMax = 100;
const functionLinesMax = 70;
const fileLinesMax = 500;
const blobBytesMax = 300 * 1024;

const code = /(\.(cpp|h|def|mjs|js|cmake|sh|sql)|CMakeLists\.txt|^dev|^\.ci\/run)$/;
const cpp = /\.(cpp|h)$/;
const testing = /(_test\.cpp|\/testing\.(h|cpp))$|^tests\/|^bench\//;
const sqlAllowed = /(^|\/)(tables|queries|verify)(_\w+)?\.cpp$|^src\/(store|journal|command)\//;
const webAndStore = /^src\/(store|http|report)\//;
const rulesThemselves = /^tools\/tidy(_test)?\.mjs$/;

// What may not stand in code: [pattern, where it may, what it is and what to do instead].
const banned = [
  [/\bsystem_clock\b|\btime\s*\((nullptr|NULL|0)\)|\bgettimeofday\b|\bCLOCK_REALTIME\b/,
    /^src\/base\/time\.cpp$/, 'wall clock: take a Clock (base/time.h)'],
  [/\bcatch\s*\(\s*\.\.\.\s*\)/, /^src\/(main\.cpp|http\/|command\/(run|writer)\w*\.cpp)/,
    'catch (...): faults are caught at the request, the background round and main only'],
  [/(?<![\w:.>])(std::)?s?rand\s*\(/, /^$/, 'rand(): random_bytes (base/hash.h); in tests a seed'],
  [/\bstd::endl\b/, /^$/, 'std::endl: "\\n"'],
  [/\busing\s+namespace\b/, /^$/, 'using namespace: name what you use'],
  [/\bstd::(ranges::)?views\b/, /^$/, 'std::views: a loop or a range algorithm (clang-tidy 14)'],
  [/\bstd::format\b|#\s*include\s*<format>/, /^$/, 'std::format: fmt::format'],
  [/\bstd::expected\b/, /^$/, 'std::expected: Result (base/result.h)'],
  [/(?<![\w:.>])(std::)?(f?printf|puts|fputs)\s*\(|\bstd::(cout|cerr)\b|\bfmt::print\b/,
    /^src\/(cli\/|main\.cpp|base\/check\.cpp)/, 'printing: only the command line and CHECK print'],
  [/\b(sleep_for|sleep_until|usleep|nanosleep)\b|(?<![\w:.>])sleep\s*\(/, /^$/,
    'sleep: wait for the event (condition variable, timer, followed journal)'],
];

// Regular expressions in parts, each with room for a remark.
const anyOf = (parts, flags) => new RegExp(parts.map((part) => part.source).join('|'), flags);

const statement = anyOf([
  /^\s*select\s[^]*\sfrom\s/,
  /^\s*(insert\s+into|delete\s+from|create\s+(table|index|unique))\s/,
  /^\s*update\s+\w+\s+set\s/,
  /^\s*with\s+(recursive\s+)?\w+\s*(\([\w, ]*\)\s*)?as\s*\(/,
], 'i');
const forbiddenNames = /^(common|utils?|helpers?|managers?|services?)$/;
const librariesInHeaders =
  /^(sqlite3|libpq-fe|boost\/|yaml-cpp\/|zip\.h|pugixml|openssl\/|unicode\/|sodium|curl\/)/;
const unfinished = /\b(FIXME|TODO|XXX)\b/;
const machinePath = /(^|[\s"'`(=:,])\/(work|root)\//;
const registryHost =
  /registry\.(npmjs|yarnpkg)|npmmirror|\bdeb\.debian\.org|security\.debian\.org|\.pkg\.dev\b/;

// Comments and literals blanked, with line ends kept, so that what is left is code. Literals are
// returned beside it: those that follow each other are one.
export function lex(text) {
  const pattern = anyOf([
    /\/\/[^\n]*|\/\*[\s\S]*?\*\//,                        // comments
    /R"([^\s()\\]{0,16})\(([\s\S]*?)\)\1"/,               // raw literal
    /"((?:\\.|[^"\\\n])*)"|(?<![\w])'(?:\\.|[^'\\\n])+'/,  // literal; character, not 1'000
  ], 'g');
  const literals = [];
  let end = -1;
  const blank = text.replace(pattern, (found, _, raw, plain, at) => {
    const literal = raw ?? plain;
    if (literal !== undefined) {
      if (end >= 0 && /^\s*$/.test(text.slice(end, at))) literals.at(-1).text += literal;
      else literals.push({ at, text: literal });
      end = at + found.length;
    }
    return literal === undefined
      ? found.replace(/[^\n]/g, ' ')
      : '"' + found.slice(1, -1).replace(/[^\n]/g, ' ') + '"';
  });
  return { blank, literals };
}

const lineAt = (text, at) => text.slice(0, at).split('\n').length;

// Definitions of functions outside others: name, first line, number of lines.
export function functions(blank) {
  const text = blank.replace(/^[ \t]*#(?:[^\n]*\\\n)*[^\n]*/gm, (s) => s.replace(/[^\n]/g, ' '));
  const found = [];
  const open = [];  // per open brace: 'scope', 'other', or the function that it begins
  let start = 0;
  for (let at = 0; at < text.length; ++at) {
    const c = text[at];
    if (c === '{') {
      const head = text.slice(start, at);
      const label = head.match(/^(\s*(public|private|protected)\s*:)*\s*/)[0].length;
      const words = head.slice(label).replace(/^(template\s*<[^{}]*?>\s*)?(inline\s+)?/, '');
      const scope = /^(namespace|class|struct|union|enum|extern)\b/.test(words);
      const outside = open.every((kind) => kind === 'scope');
      const begins = outside && !scope && /\(.*[^=\s]\s*$/s.test(head);
      open.push(scope ? 'scope' : begins ? { words, at: start + label } : 'other');
    } else if (c === '}') {
      const ended = open.pop();
      if (ended?.words) {
        const name = ended.words.split('(')[0].trim().split(/\s+/).at(-1);
        const line = lineAt(text, ended.at);
        found.push({ name, line, lines: lineAt(text, at) - line + 1 });
      }
    }
    if ('{};'.includes(c)) start = at + 1;
  }
  return found;
}

// Wide characters take two columns, as in clang-format.
function columns(line) {
  const wide = line.match(/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g);
  return [...line].length + (wide ? wide.length : 0);
}

// src/CMakeLists.txt: room → the rooms it names in USES.
export function declaredRooms(text) {
  const rooms = new Map();
  const calls = text.replace(/#[^\n]*/g, '').matchAll(/huilu_room\s*\(([^)]*)\)/g);
  for (const [, inner] of calls) {
    const [name, ...words] = inner.split(/\s+/).filter(Boolean);
    const from = words.indexOf('USES');
    const until = words.indexOf('LINKS');
    const uses = from < 0 ? [] : words.slice(from + 1, until > from ? until : undefined);
    rooms.set(name, uses);
  }
  return rooms;
}

// Every room that `room` reaches by what is declared, itself included.
export function reach(rooms, room, seen = new Set()) {
  if (seen.has(room)) return seen;
  seen.add(room);
  for (const used of rooms.get(room) ?? []) reach(rooms, used, seen);
  return seen;
}

class Tidy {
  findings = [];

  constructor(root, files) {
    this.root = root;
    this.files = files;
    this.known = new Set(files);
    this.included = new Set();
    const list = join(root, 'src/CMakeLists.txt');
    this.rooms = declaredRooms(existsSync(list) ? readFileSync(list, 'utf8') : '');
  }

  say(file, line, message) {
    this.findings.push(`${file}:${line}: ${message}`);
  }

  run() {
    this.checkRooms();
    this.checkSchema();
    for (const file of this.files) this.checkFile(file);
    this.checkDeadHeaders();
    return this.findings;
  }

  checkFile(file) {
    const bytes = readFileSync(join(this.root, file));
    if (bytes.length > blobBytesMax) {
      this.say(file, 1, `${bytes.length} bytes: make it at build time, or fetch it in ./dev setup`);
    }
    if (bytes.includes(0)) return;
    const text = bytes.toString('utf8');
    const lines = text.split('\n');
    if (!rulesThemselves.test(file)) this.checkWords(file, lines);
    if (file.endsWith('.md')) this.checkLinks(file, text);
    if (code.test(file)) this.checkShape(file, lines);
    if (cpp.test(file)) this.checkCpp(file, text, lines);
  }

  checkWords(file, lines) {
    lines.forEach((line, i) => {
      if (unfinished.test(line)) this.say(file, i + 1, 'unfinished: finish it or delete it');
      if (machinePath.test(line)) this.say(file, i + 1, 'path of one machine: take it as argument');
      if (registryHost.test(line)) this.say(file, i + 1, 'registry host: use the configured one');
    });
  }

  checkLinks(file, text) {
    const prose = text.replace(/```[\s\S]*?```/g, (s) => s.replace(/[^\n]/g, ' '));
    for (const found of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
      const target = found[1].split('#')[0];
      if (target === '' || /^[a-z]+:/.test(target)) continue;
      if (!existsSync(join(this.root, dirname(file), target))) {
        this.say(file, lineAt(prose, found.index), `dead link: ${found[1]}`);
      }
    }
  }

  checkShape(file, lines) {
    lines.forEach((line, i) => {
      if (columns(line) > columnsMax) this.say(file, i + 1, `over ${columnsMax} columns: break it`);
    });
    const count = lines.length - 1;
    if (count > fileLinesMax) {
      this.say(file, count, `${count} lines, over ${fileLinesMax}: split it by subject`);
    }
  }

  checkCpp(file, text, lines) {
    const { blank, literals } = lex(text);
    blank.split('\n').forEach((line, i) => {
      for (const [pattern, allowed, message] of banned) {
        const excused = allowed.test(file) || (message.startsWith('print') && testing.test(file));
        if (pattern.test(line) && !excused) this.say(file, i + 1, message);
      }
    });
    for (const { name, line, lines: count } of functions(blank)) {
      if (count > functionLinesMax) {
        this.say(file, line, `${name}: ${count} lines, over ${functionLinesMax}: split it`);
      }
    }
    if (!sqlAllowed.test(file) && !testing.test(file)) this.checkSql(file, text, literals);
    if (file.endsWith('.h')) this.checkHeader(file, lines);
    if (file.endsWith('.h') && !webAndStore.test(file)) this.checkNames(file, blank);
    if (file.startsWith('src/')) this.checkPlace(file);
    this.checkIncludes(file, lines);
  }

  checkSql(file, text, literals) {
    for (const literal of literals) {
      if (statement.test(literal.text)) {
        this.say(file, lineAt(text, literal.at), 'SQL: belongs into tables.cpp or queries.cpp');
      }
    }
  }

  checkHeader(file, lines) {
    const first = lines.findIndex((line) => !line.startsWith('//'));
    if (first === 0) {
      this.say(file, 1, 'opening paragraph: what it is, who uses it, what it promises');
    }
    if (lines[first] !== '#pragma once') {
      this.say(file, first + 1, '#pragma once comes right after the opening paragraph');
    }
  }

  checkNames(file, blank) {
    blank.split('\n').forEach((line, i) => {
      if (/\bget_\w+\s*\(/.test(line)) this.say(file, i + 1, 'get_: name what it returns');
    });
  }

  checkPlace(file) {
    const [, room, ...rest] = file.split('/');
    const name = file.split('/').at(-1).replace(/\.\w+$/, '');
    if (!/^[a-z][a-z0-9_]*$/.test(name) || forbiddenNames.test(name)) {
      this.say(file, 1, 'name: snake_case, a noun of the trade');
    }
    if (file === 'src/main.cpp') return;
    if (rest.length !== 1 || !this.rooms.has(room)) {
      this.say(file, 1, 'dead file: in no room of src/CMakeLists.txt');
    }
  }

  checkIncludes(file, lines) {
    const room = file.startsWith('src/') ? file.split('/')[1] : null;
    const own = file.replace(/^src\//, '').replace(/\.cpp$/, '.h');
    const may = this.rooms.has(room) ? reach(this.rooms, room) : null;
    const header = file.endsWith('.h') && !webAndStore.test(file);
    let first = true;
    lines.forEach((line, i) => {
      const found = line.match(/^\s*#\s*include\s*(["<])([^">]+)[">]/);
      if (!found) return;
      const [, quote, target] = found;
      if (header && librariesInHeaders.test(target)) {
        this.say(file, i + 1, `${target} in a header: only store, http and report show theirs`);
      }
      if (first && file.endsWith('.cpp') && this.known.has(`src/${own}`) && target !== own) {
        this.say(file, i + 1, `own header first: "${own}"`);
      }
      first = false;
      if (quote === '"') this.checkInclude(file, i + 1, room, may, target);
    });
  }

  checkInclude(file, line, room, may, target) {
    const other = target.split('/')[0];
    const path = this.known.has(`src/${target}`) ? `src/${target}` : target;
    this.included.add(path);
    if (!this.known.has(path)) {
      this.say(file, line, `"${target}": no such file; includes read "room/file.h"`);
    } else if (may && this.rooms.has(other) && !may.has(other)) {
      this.say(file, line, `room ${room} does not declare ${other}: name it in USES or turn round`);
    }
  }

  checkRooms() {
    const list = 'src/CMakeLists.txt';
    for (const [room, uses] of this.rooms) {
      if (forbiddenNames.test(room)) this.say(list, 1, `room ${room}: take a word of the domain`);
      for (const used of uses) {
        if (!this.rooms.has(used)) this.say(list, 1, `room ${room} uses ${used}, which is no room`);
        else if (reach(this.rooms, used).has(room)) {
          this.say(list, 1, `circle: ${room} uses ${used}, which reaches ${room}`);
        }
        if (used === 'cli' || (used === 'api' && room !== 'cli')) {
          this.say(list, 1, `room ${room} uses ${used}: only src/main.cpp joins the top rooms`);
        }
      }
    }
  }

  checkSchema() {
    const numbers = new Map();
    for (const file of this.files) {
      const found = file.match(/^src\/\w+\/schema\/(.*)$/);
      if (!found) continue;
      const number = found[1].match(/^(\d{4})_[a-z0-9_]+\.sql$/)?.[1];
      if (!number) this.say(file, 1, 'schema files are named NNNN_words.sql');
      else if (numbers.has(number)) {
        this.say(file, 1, `number ${number} is taken by ${numbers.get(number)}`);
      } else numbers.set(number, file);
    }
  }

  checkDeadHeaders() {
    for (const file of this.files) {
      if (/^src\/.*\.(h|def)$/.test(file) && !this.included.has(file)) {
        this.say(file, 1, 'dead file: nothing includes it');
      }
    }
  }
}

// What git knows or would take; deleted files are gone.
export function repositoryFiles(root) {
  const out = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], { cwd: root });
  return [...new Set(out.toString().split('\0'))]
    .filter((file) => file && existsSync(join(root, file)) && statSync(join(root, file)).isFile())
    .sort();
}

export function tidy(root, files = repositoryFiles(root)) {
  return new Tidy(root, files).run();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..');
  const files = repositoryFiles(root);
  const findings = tidy(root, files);
  for (const finding of findings) console.error(finding);
  console.log(`style: ${files.length} files, ${findings.length} findings`);
  process.exitCode = findings.length ? 1 : 0;
}
