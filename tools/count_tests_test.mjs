// What counts as passed, failed and skipped in a report of ctest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count } from './count_tests.mjs';

const report = (status, inside) =>
  `<testsuite tests="1">\n\t<testcase name="a.b" classname="a.b" time="0.1" status="${status}">\n` +
  `\t\t${inside}\n\t</testcase>\n</testsuite>\n`;

const cases = [
  ['a test that ran', report('run', '<system-out>[ OK ]</system-out>'), 1, 0, 0],
  ['a test that failed', report('fail', '<failure message=""/>'), 0, 1, 0],
  ['a test that skipped itself', report('notrun', '<skipped message="SKIP_REGULAR…"/>'), 0, 0, 1],
  ['a test that is switched off', report('disabled', '<system-out/>'), 0, 0, 1],
  ['a program that was not built',
    report('notrun', '<skipped message="Unable to find executable"/>'), 0, 1, 0],
  ['the cases of node', report('run', '<system-out># pass 3\n# fail 0\n</system-out>'), 3, 0, 0],
  ['failed cases of node', report('fail', '<system-out>ℹ pass 3\nℹ fail 2\n</system-out>'), 3, 2, 0],
  ['a crash after all cases of node',
    report('fail', '<system-out># pass 3\n# fail 0\n</system-out>'), 3, 1, 0],
  ['a report without tests', '<testsuite tests="0"></testsuite>', 0, 1, 0],
  ['no report', '', 0, 1, 0],
];

for (const [what, xml, passed, failed, skipped] of cases) {
  test(`counts ${what}`, () => {
    const counted = count(xml);
    assert.equal(counted.passed, passed);
    assert.equal(counted.failed.length, failed);
    assert.equal(counted.skipped.length, skipped);
  });
}
