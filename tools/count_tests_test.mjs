// What counts as passed, failed and skipped in a report of ctest.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count } from './count_tests.mjs';

const report = (status, inside) =>
  '<testsuite tests="2">\n\t<testcase name="ok" time="0.1" status="run">\n\t</testcase>\n' +
  `\t<testcase name="a.b" classname="a.b" time="0.1" status="${status}">\n` +
  `\t\t${inside}\n\t</testcase>\n</testsuite>\n`;
const node = (pass, fail) => `<system-out>\n# pass ${pass}\nℹ fail ${fail}\n</system-out>`;

const google = (pass, fail) =>
  '<system-out>\n[  FAILED  ] A.b (3 ms)\n' +
  '[==========] 9 tests from 2 test suites ran. (5 ms total)\n' +
  `[  PASSED  ] ${pass} tests.\n[  FAILED  ] ${fail} tests, listed below:\n` +
  '[  FAILED  ] A.b\n[  FAILED  ] On/C.d/Sqlite, where GetParam() = 4-byte object\n</system-out>';

// [what, report, passed, failed, skipped]; one passed test stands before each.
const cases = [
  ['a test that ran', report('run', '<system-out>[ OK ]</system-out>'), 2, 0, 0],
  ['a test that failed', report('fail', '<failure message=""/>'), 1, 1, 0],
  ['a test that skipped itself', report('notrun', '<skipped message="SKIP_REGULAR…"/>'), 1, 0, 1],
  ['a test that is switched off', report('disabled', '<system-out/>'), 1, 0, 1],
  ['a program that was not built',
    report('notrun', '<skipped message="Unable to find executable"/>'), 1, 1, 0],
  ['the cases of node', report('run', node(3, 0)), 4, 0, 0],
  ['failed cases of node', report('fail', node(3, 2)), 4, 2, 0],
  ['a crash after all cases of node', report('fail', node(3, 0)), 4, 1, 0],
  ['the cases of a room', report('run', '<system-out>\n[  PASSED  ] 7 tests.\n</system-out>'),
    8, 0, 0],
  ['a share of a room with no case', report('run', '<system-out>\n[  PASSED  ] 0 tests.\n'),
    1, 0, 0],
  ['failed cases of a room', report('fail', google(7, 2)), 8, 2, 0],
  ['a crash within a room', report('fail', '<system-out>\n[  FAILED  ] A.b (3 ms)\n'), 1, 1, 0],
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

test('names the cases of a room that failed', () => {
  assert.deepEqual(count(report('fail', google(7, 2))).failed, ['a.b: A.b', 'a.b: On/C.d/Sqlite']);
});
