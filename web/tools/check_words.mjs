// Every text on screen is a key, every key has a text in each language with the same placeholders,
// and no text is left over. Prints what is wrong, one line each, and exits 1.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const languages = ['zh-CN', 'zh-TW', 'en'];
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

// Names in braces, not the words of the branches of a plural or select:
// "{n, plural, one {# day} other {…}}" → n.
export function placeholders(text) {
  const names = new Set();
  // Reads a message up to the brace that ends it; returns where that is.
  const message = (at) => {
    while (at < text.length && text[at] !== '}') at = text[at] === '{' ? argument(at + 1) : at + 1;
    return at;
  };
  const argument = (at) => {
    const [head, name] = /^\s*(\w+)\s*/.exec(text.slice(at)) ?? ['', ''];
    names.add(name);
    for (at += head.length; at < text.length && text[at] !== '}';) {
      at = text[at] === '{' ? message(at + 1) + 1 : at + 1;
    }
    return at + 1;
  };
  message(0);
  return [...names].sort().join();
}

// Keys written as they are, and beginnings of keys whose end is only known later.
export function keysIn(source) {
  const whole = new Set();
  const starts = new Set();
  for (const [, key] of source.matchAll(/['"`]([a-z_]+(?:\.[\w-]+)+)['"`]/g)) whole.add(key);
  for (const [, start] of source.matchAll(/\bt\(\s*`([^`$]*)\$\{/g)) starts.add(start);
  for (const [, start] of source.matchAll(/wordOf\(\s*'([\w.]+)'/g)) starts.add(`${start}.`);
  for (const [, start] of source.matchAll(/words="([\w.]+)"/g)) starts.add(`${start}.`);
  for (const [, start] of source.matchAll(/\bname="(\w+)"/g)) starts.add(`empty.${start}.`);
  return { whole, starts };
}

// Text that is written into a component: between tags, or as a label or title.
export function textsIn(source) {
  const found = [];
  const code = source.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
  for (const [text] of code.matchAll(/[\u3400-\u9fff\uf900-\ufaff]+/g)) found.push(text);
  for (const [, text] of code.matchAll(/<\w[^<>]*>\s*([A-Za-z][\w ,.'-]{2,})\s*<\//g))
    found.push(text);
  for (const [, text] of code.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]+)"/g)) {
    found.push(text);
  }
  return found;
}

function check() {
  const wrong = [];
  const own = Object.fromEntries(languages.map((tag) => [tag, read(`src/i18n/${tag}.json`)]));
  const glossary = read('../src/words/zh-CN.json');
  const files = readdirSync(join(root, 'src'), { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && name !== 'api/types.ts')
    .map((name) => [name, readFileSync(join(root, 'src', name), 'utf8')]);
  const starts = new Set();
  const used = new Set();
  for (const [name, source] of files) {
    const keys = keysIn(source);
    for (const start of keys.starts) if (start) starts.add(start);
    for (const key of keys.whole) used.add(key);
    for (const [, key] of source.matchAll(/\bt\(\s*'([^']+)'/g)) {
      if (!(key in own['zh-CN']) && !(key in glossary)) wrong.push(`${name}: no text for ${key}`);
    }
    if (!name.endsWith('.tsx')) continue;
    for (const text of textsIn(source)) {
      if (!/^(huilu verify|Ctrl K)$/.test(text))
        wrong.push(`${name}: text in a component: ${text}`);
    }
  }
  const base = own['zh-CN'];
  for (const tag of languages.slice(1)) {
    for (const key of Object.keys(base)) {
      if (!(key in own[tag])) wrong.push(`${tag}.json: no ${key}`);
      else if (placeholders(own[tag][key]) !== placeholders(base[key])) {
        wrong.push(`${tag}.json: ${key} has other placeholders than zh-CN`);
      }
    }
    for (const key of Object.keys(own[tag])) {
      if (!(key in base)) wrong.push(`${tag}.json: ${key} is not in zh-CN`);
    }
  }
  const isUsed = (key) =>
    used.has(key) ||
    used.has(key.replace(/_text$/, '')) ||
    [...starts].some((start) => key.startsWith(start));
  for (const key of Object.keys(base))
    if (!isUsed(key)) wrong.push(`zh-CN.json: ${key} is not used`);
  return wrong;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const wrong = check();
  for (const line of wrong) console.error(line);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
