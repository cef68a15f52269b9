// Reads what ctest reported (`build/test/release` → release.xml, …), names what failed or was
// skipped, and ends with the line "N passed, N failed". A report that is missing, or one without
// tests, counts as a failure: nothing ran is not everything passed.
import { existsSync, readFileSync } from 'node:fs';

export function count(xml) {
  const cases = { passed: [], failed: [], skipped: [] };
  const pattern =
    /<testcase\s[^>]*\bname="([^"]*)"[^>]*status="(\w+)"[^>]*>\s*(<skipped message="SKIP_)?/g;
  for (const [, name, status, skip] of xml.matchAll(pattern)) {
    const skipped = skip || status === 'disabled';
    cases[status === 'run' ? 'passed' : skipped ? 'skipped' : 'failed'].push(name);
  }
  if (cases.passed.length + cases.failed.length === 0) cases.failed.push('(no test ran)');
  return cases;
}

let passed = 0;
let failed = 0;
for (const report of process.argv.slice(2)) {
  const file = `${report}.xml`;
  const cases = count(existsSync(file) ? readFileSync(file, 'utf8') : '');
  for (const name of cases.skipped) console.log(`skipped: ${name}`);
  for (const name of cases.failed) console.log(`failed: ${report.split('/').at(-1)}: ${name}`);
  passed += cases.passed.length;
  failed += cases.failed.length;
}
if (process.argv.length > 2) {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}
