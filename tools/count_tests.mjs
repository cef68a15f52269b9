// Reads what ctest reported (`build/test/release` → release.xml, …), names what failed or was
// skipped, and ends with the line "N passed, N failed". A report that is missing, or one without
// tests, counts as a failure: nothing ran is not everything passed.
import { existsSync, readFileSync } from 'node:fs';

// A test of ctest is one case, or what `node --test` says at the end of its output.
const testcase =
  /<testcase\s.*?name="([^"]*)".*?status="(\w+)">\s*(<skipped message="SKIP_)?[^]*?<\/testcase>/g;

export function count(xml) {
  const cases = { passed: 0, failed: [], skipped: [] };
  for (const [text, name, status, skip] of xml.matchAll(testcase)) {
    if (skip || status === 'disabled') cases.skipped.push(name);
    else {
      const number = (what) => Number(text.match(new RegExp(`^(#|ℹ) ${what} (\\d+)$`, 'm'))?.[2]);
      const failed = number('fail') || (status === 'run' ? 0 : 1);
      cases.passed += number('pass') || (failed ? 0 : 1);
      cases.failed.push(...Array(failed).fill(name));
    }
  }
  if (cases.passed + cases.failed.length === 0) cases.failed.push('(no test ran)');
  return cases;
}

let passed = 0;
let failed = 0;
for (const report of process.argv.slice(2)) {
  const file = `${report}.xml`;
  const preset = report.split('/').at(-1);
  const cases = count(existsSync(file) ? readFileSync(file, 'utf8') : '');
  for (const name of cases.skipped) console.log(`skipped: ${name}`);
  for (const name of new Set(cases.failed)) console.log(`failed: ${preset}: ${name}`);
  passed += cases.passed;
  failed += cases.failed.length;
}
if (process.argv.length > 2) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
