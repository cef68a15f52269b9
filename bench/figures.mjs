// What the parts of ./dev bench share: their words, the list of figures, and how programs are run.
import { execFile, spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { promisify } from 'node:util';

export const [work, ...words] = process.argv.slice(2);
export const quick = words.includes('--quick');
export const wanted = words.filter((word) => word !== '--quick');
export const seconds = quick ? 4 : 15;  // of a load over HTTP
export const exec = promisify(execFile);

export const findings = [];
export function note(name, value, unit, command, more = {}) {
  findings.push({ name, value, unit, command, load_average: Number(load.toFixed(1)), ...more });
  const runs = more.runs ? `  of ${more.runs.join(', ')}` : '';
  console.error(`${name}: ${value} ${unit}${runs}`);
}
let load = 0;
export const seen = () => { load = loadavg()[0]; };
export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

export function run(program, words, options = {}) {
  const done = spawnSync(program, words,
    { encoding: 'utf8', timeout: 3_600_000, maxBuffer: 64 << 20, ...options });
  if (done.status !== 0) {
    throw new Error(`${program} ${words.join(' ')}: ${done.status}\n${done.stdout}${done.stderr}`);
  }
  return done.stdout;
}
