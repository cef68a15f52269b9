// Steps that several tests take: filling in a form of a record, finding a number in the table of
// where units stand, and leading a problem to where the test begins.
import assert from 'node:assert/strict';

// A form for one kind of record, open.
export async function form(visitor, type, more = '') {
  visitor.expected.push(/403.*roll/); // an office enters for its unit and may not read the roll
  await visitor.open(`/records/new?type=${encodeURIComponent(type)}${more}`);
  return visitor.page.locator('form');
}

// Saves what the form says, and gives the address of the record.
export async function saved(visitor, button = '登记') {
  const { page } = visitor;
  await page.getByRole('button', { name: button, exact: true }).click();
  const link = page.getByRole('link', { name: '查看这条纪实' });
  await link.waitFor();
  await visitor.settled();
  return link.getAttribute('href');
}

export const group = (page, title) => page.getByRole('group', { name: title });

// A day of the month that the picker shows. The server's today is another day than the browser's
// for some hours, so that its button for today will not do.
export async function pickDay(page, title, day) {
  await page.getByLabel(title).click();
  const open = page.locator('.ant-picker-dropdown:not([class*="ant-slide"])');
  await open.locator(`.ant-picker-cell[title="${day}"]`).click();
}

// Chosen from the list that opens, by the name that is shown.
export async function choose(page, box, name) {
  await box.click();
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: name })
    .first()
    .click();
}

// The cell of a row in the column of a duty. Columns out of sight are not drawn.
export async function cell(page, row, duty) {
  const heads = () => page.getByRole('columnheader').allInnerTexts();
  await page.getByRole('grid').waitFor();
  const scroll = () =>
    page.getByRole('grid').evaluate((grid) => {
      let at = grid;
      while (at && at.scrollWidth <= at.clientWidth) at = at.parentElement;
      at?.scrollBy(400, 0);
    });
  for (let i = 0; i < 30 && !(await heads()).some((text) => text.includes(duty)); i += 1) {
    await scroll();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  }
  const all = await heads();
  const at = all.findIndex((text) => text.includes(duty));
  assert.ok(at > 0, `${duty} is a column: ${all}`);
  const line = page.getByRole('row').filter({
    has: page.getByRole('rowheader', { name: row }),
  });
  return line.getByRole('gridcell').nth(at - 1);
}

// A problem of the town's first branch that is said to be solved, and was verified.
export async function verified(town, problem) {
  const { id } = await town.post('office', '/matters', {
    type: 'rectification/rectification',
    unit: town.units.a,
    fields: { problem, origin: 'superior', kind: 'specific', office: town.units.root },
  });
  const move = (who, version, name, more) =>
    town.post(who, `/matters/${id}/moves`, { version, move: name, ...more });
  await move('secretary', 1, 'plan', {
    due: '2100-03-31',
    fields: {
      measures: ['修补'],
      standard: '平整',
      fix_type: 'at_once',
      horizon: 'near',
      lead: town.units.town,
    },
  });
  await move('secretary', 2, 'start');
  await move('secretary', 3, 'claim_done', { fields: { result: '已修补' } });
  await move('lead', 4, 'verify', { reason: '已看' });
  return id;
}

// The same, struck off today.
export async function struckOff(town, problem) {
  const id = await verified(town, problem);
  await town.post('office', `/matters/${id}/moves`, { version: 5, move: 'strike' });
  return id;
}
