// Reads what ctest reported (`build/test/release` → release.xml, …), names what failed or was
// skipped, and ends with the line "N passed, N failed". A report that is missing, or one without
// tests, counts as a failure: nothing ran is not everything passed.
import { existsSync, readFileSync } from 'node:fs';

// A test of ctest is one case, or as many as `node --test` or GoogleTest say at the end of what
// they print.
const testcase =
  /<testcase\s.*?name="([^"]*)".*?status="(\w+)">\s*(<skipped message="SKIP_)?[^]*?<\/testcase>/g;

const reported = {
  pass: /^(?:#|ℹ) pass (\d+)$|^\[ {2}PASSED {2}\] (\d+) tests?\.$/m,
  fail: /^(?:#|ℹ) fail (\d+)$|^\[ {2}FAILED {2}\] (\d+) tests?, listed below:$/m,
};
// As GoogleTest lists them at the end.
const failedCase = /^\[ {2}FAILED {2}\] (\S+\.\S+?)(?:, where .*)?$/gm;

export function count(xml) {
  const cases = { passed: 0, failed: [], skipped: [] };
  for (const [text, name, status, skip] of xml.matchAll(testcase)) {
    if (skip || status === 'disabled') cases.skipped.push(name);
    else {
      const said = (pattern) => text.match(pattern)?.slice(1).find((number) => number);
      const failed = Number(said(reported.fail)) || (status === 'run' ? 0 : 1);
      cases.passed += Number(said(reported.pass) ?? (failed ? 0 : 1));
      const names = [...text.matchAll(failedCase)].map(([, one]) => `${name}: ${one}`);
      for (let i = 0; i < failed; ++i) cases.failed.push(names[i] ?? name);
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
