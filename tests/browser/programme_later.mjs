// What comes later in the life of a special programme: those who raised a problem rate how it was
// solved, what is neglected is escalated, and a second round asks after what was promised.
import assert from 'node:assert/strict';
import {
  answer,
  approved,
  at,
  because,
  desk,
  inDays,
  it,
  live,
  lock,
  move,
  neglected,
  openRound,
  paused,
  pathOf,
  press,
  problem,
  rated,
  state,
  together,
} from './programme.mjs';

const raters = ['head', 'voter1', 'voter2'];
const task = '月底前更换到位';

// A page asks for lists of the whole unit, which a mere member may not read.
const ofUnit = /403.*(records|todo\/matters|roll|posts)/;

const rating = (page) => page.getByRole('region', { name: '点题人评价' });

// From one's own page, as whoever raised it finds it.
async function rate(account, n, grade, size) {
  const voter = await desk(account, size);
  if (account !== 'head') voter.expected.push(ofUnit);
  const { page } = voter;
  await voter.open('/me');
  const waiting = page.getByRole('region', { name: '等我评价' });
  const line = waiting.locator('li', { hasText: problem(n) });
  await line.getByRole('link', { name: '去评价' }).click();
  await rating(page).getByLabel(grade, { exact: true }).check();
  await press(rating(page), '提交评价');
  await rating(page).getByRole('button', { name: '改投' }).waitFor();
  await voter.settled();
  return voter;
}

// Claimed to be done, and verified: whoever raised it is asked.
async function claimed(path, result) {
  await move('secretary', path, '申请销号', (form) => form.getByLabel('整改成效').fill(result));
  return move('lead', path, '核验通过', because('现场查看'));
}

export async function isRated() {
  const path = pathOf(rated);
  const secretary = await at('secretary', path);
  const { page } = secretary;
  await press(page, '修改');
  const form = page.locator('dialog');
  await form.getByRole('button', { name: /^还可以填写/ }).click();
  const box = form.getByRole('combobox', { name: '点题人' });
  await box.click();
  const open = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  for (const name of ['林一', '林二', '林三']) {
    await open.locator('.ant-select-item-option', { hasText: name }).click();
  }
  await form.getByRole('heading').first().click();
  await secretary.check('who raised it');
  await press(form, '保存修改');
  await page.getByText('已保存修改').waitFor();
  const lead = await claimed(path, '更换了灯头');
  await rating(lead.page).getByText('已投 0 / 3 人').waitFor();

  await rate('head', rated, '满意');
  await rate('voter1', rated, '基本满意');
  const last = await rate('voter2', rated, '不满意', 'phone');
  await last.check('rated');
  await last.shot('programme_rated');
  // How many have, and not what: and it is not struck off while it is rated.
  const office = await at('office', path);
  await rating(office.page).getByText('已投 3 / 3 人').waitFor();
  assert.equal(await rating(office.page).getByText('票', { exact: false }).count(), 1);
  const why = office.page.locator('.not-now li').filter({ hasText: /^销号/ });
  await office.page.locator('.not-now summary').click();
  await why.getByText('有点题人的，评价通过才能销号').waitFor();
}

// Two of three are less than four fifths: it goes back by itself, is done again and rated again.
export async function isDoneAgain() {
  const path = pathOf(rated);
  await live(inDays(30));
  await state(path, '返工补课');
  const office = await desk('office');
  await rating(office.page).getByText('未通过').waitFor();
  await rating(office.page).getByText('已自动办理：返工补课').waitFor();
  await office.check('a ballot that failed');
  await office.shot('programme_ballot_failed');
  const secretary = await at('secretary', '/todo');
  const line = secretary.page.locator('li.todo', { hasText: problem(rated) });
  await line.getByRole('link', { name: '开始整改' }).click();
  await press(secretary.page.locator('dialog'), '开始整改');
  await secretary.page.locator('.notice.met').waitFor();
  await claimed(path, '更换了整组灯具');
  for (const account of raters) await rate(account, rated, '满意');
}

const clocks = (page) => page.getByRole('region', { name: '时限' });

// Its clock has passed: the system proposes, and nothing happens before a person signs.
export async function isEscalated() {
  const path = pathOf(neglected);
  const secretary = await at('secretary', path);
  await clocks(secretary.page).getByText('待销号单位签批').waitFor();
  assert.equal(await clocks(secretary.page).getByRole('button', { name: '签批' }).count(), 0);

  const office = await at('office', '/todo');
  const { page } = office;
  const signs = page.getByRole('region', { name: '等我审签' });
  const line = signs.locator('li', { hasText: problem(neglected) });
  await line.getByText('建议措施：整改长期逾期').waitFor();
  await line.getByRole('link', { name: '去签批' }).click();
  await clocks(page).getByText('建议挂牌督办').waitFor();
  await office.settled();
  await office.shot('programme_proposed');
  await press(clocks(page), '签批');
  await press(page.locator('dialog'), '签批');
  await clocks(page).getByText('已签批').waitFor();
  await office.settled();
  await office.check('signed');
  await office.shot('programme_signed');
  // Who signed stands in its history, and the unit that it is about finds it there.
  const signed = (where) =>
    where.locator('.matter-line li', { hasText: '签批“整改长期逾期”' }).first();
  await signed(page).getByText(/^office · /).waitFor();
  await at('secretary', path);
  await signed(secretary.page).waitFor();
  await clocks(secretary.page).getByText('已签批').waitFor();
  await isAcknowledged(secretary.page, path, signed);
}

// It has reached the unit, on whose list it stands until somebody there says so.
async function isAcknowledged(page, path, signed) {
  const office = await at('office', path);
  await clocks(office.page).getByText(/未签收，.* 送达/).waitFor();
  assert.equal(await clocks(office.page).getByRole('button', { name: '签收' }).count(), 0);

  const secretary = await at('secretary', '/todo');
  const waits = page.getByRole('region', { name: '待签收' });
  const line = waits.locator('li', { hasText: problem(neglected) });
  await line.getByText('挂牌督办：整改长期逾期').waitFor();
  await line.getByText(/前签收$/).waitFor();
  await secretary.settled();
  await secretary.shot('programme_reached');
  await secretary.check('to acknowledge');
  await line.getByRole('link', { name: '去签收' }).click();
  await press(clocks(page), '签收');
  await secretary.shot('programme_acknowledging');
  await secretary.check('acknowledging');
  await press(page.locator('dialog'), '签收');
  await clocks(page).getByText(/已于 .* 签收/).waitFor();
  await secretary.settled();
  await secretary.shot('programme_acknowledged');
  await secretary.check('acknowledged');

  await at('office', path);
  await clocks(office.page).getByText(/已于 .* 签收/).waitFor();
  await signed(office.page).waitFor();
  await office.page.locator('.matter-line li', { hasText: '签收“整改长期逾期”' }).first().waitFor();
}

// In the first round, for the second one to ask after.
export async function promise(round) {
  const { page } = await at('office', round);
  await page.getByLabel('做什么').fill(task);
  await page.getByRole('combobox', { name: '关于哪件事项' }).click();
  await page.locator('.ant-select-item-option', { hasText: problem(neglected) }).last().click();
  await press(page, '交办');
  await page.locator('.tasks', { hasText: task }).waitFor();
}

// In a form for many, what each may have already is asked for last.
const withResult = async (form) => {
  await form.getByRole('button', { name: /^还可以填写/ }).click();
  await form.getByLabel('整改成效').fill('灯具全部更换');
};

const rows = (page) => page.locator('.round-rows tbody tr');
const figure = async (page, name) =>
  Number(await page.locator('.round-figures > div', { hasText: name }).locator('dd').innerText());
const west = [36, 37, 38, 39, 40];

// What moved on since the first round is not asked about again; what was promised is; and what
// nobody answered is locked with a reason. Gives the address of the round.
export async function isAskedAgain() {
  await together('secretary', {
    unit: it.town.units.a,
    state: 'fixing',
    name: '申请销号',
    fill: withResult,
    n: 31,
    without: [neglected],
  });
  const round = await openRound('第二次调度');
  const office = await desk('office');
  const { page } = office;
  const promised = page.locator('.card', { hasText: '上次交办' }).first();
  await promised.getByText(task).waitFor();
  await promised.getByText('到期未办', { exact: true }).waitFor();
  await office.check('promised');
  await office.shot('programme_promised');
  // Of forty those are asked that are late, or of which nothing was heard since.
  const asked = [approved, paused, neglected, ...west];
  assert.equal(await figure(page, '未办结'), 40);
  assert.equal(await figure(page, '要填报'), asked.length);
  await office.open(`${round}?view=rows&of=asked`);
  for (const n of asked) await rows(page).filter({ hasText: problem(n) }).first().waitFor();
  const secretary = await at('secretary', `${round}?view=lines`);
  await secretary.shot('programme_lines');
  assert.equal(await secretary.page.locator('.line-card').count(), 3);

  await answer(round, neglected, '有进展', '配件已到，正在更换');
  await answer(round, paused, '无新进展', '产权仍在核对');
  await lock(round, '西村支部本月换届，下次补报');
  assert.equal(await figure(page, '未填'), asked.length - 2);
  await page.getByText(/西村支部本月换届/).waitFor();
  await office.shot('programme_locked');
  return round;
}

// Later changes are shown beside what was locked, and never in its place.
export async function staysAsLocked(round) {
  const office = await at('office', round);
  const { page } = office;
  const names = ['未办结', '逾期', '要填报', '有进展', '无新进展', '未填', '完成待销号'];
  const read = () => Promise.all(names.map((name) => figure(page, name)));
  const before = await read();
  await together('west', { unit: it.town.units.b, state: 'planned', name: '开始整改', n: 5 });
  await office.open(round);
  assert.deepEqual(await read(), before);
  await page.getByText(/锁定后有 5 件变化/).waitFor();
}

// Verified by the lead unit and struck off by the office, many at once.
async function struckOff(unit, n, without = []) {
  const fill = because('现场抽查');
  await together('lead', { unit, state: 'done_claimed', name: '核验通过', fill, n });
  await together('office', { unit, state: 'verified', name: '销号', n, without });
}

export const mostAreStruckOff = () => struckOff(it.town.units.a, 31, [rated]);

async function act(who, path, name, more) {
  const { version } = await it.town.get('office', path);
  await it.town.post(who, `${path}/moves`, { version, move: name, ...more });
}

// Rated again and well, it is struck off with the written evidence; the rest follows.
async function theRest() {
  await live(inDays(50));
  const office = await at('office', pathOf(rated));
  await rating(office.page).getByText('通过', { exact: true }).waitFor();
  await press(office.page, '归档书面依据');
  await office.page.getByText(/^书面依据（/).waitFor();
  await move('office', pathOf(rated), '销号');
  // As it went before, by the API; who has no token there approves on the page.
  const fields = { result: '加装防水罩' };
  await act('secretary', pathOf(paused), 'resume');
  await act('secretary', pathOf(approved), 'start');
  await act('secretary', pathOf(approved), 'hand_in', { fields });
  await move('head', pathOf(approved), '审核同意');
  await act('secretary', pathOf(approved), 'claim_done', { fields });
  const claim = { state: 'fixing', name: '申请销号', fill: withResult };
  await together('secretary', { ...claim, unit: it.town.units.a, n: 2 });
  await together('west', { ...claim, unit: it.town.units.b, n: west.length });
  await struckOff(it.town.units.town, 3 + west.length);
}

// The share of a unit, from its start to its acceptance.
async function shareEnds() {
  const { items } = await it.town.get('office', `/matters/${it.programme}/below?outcome=open`);
  assert.deepEqual(items.map((one) => one.matter.fields.topic), ['石桥镇的一份']);
  const path = `/matters/${items[0].id}`;
  const fields = { problems: ['路灯不亮'], measures: ['更换'], standard: '夜间完好' };
  await act('stone', path, 'launch', { due: inDays(90), fields });
  await act('stone', path, 'claim', { fields: { result: '全部完好' } });
  await act('office', path, 'settle');
}

const refused = async () => {
  const { page } = await at('lead', `/matters/${it.programme}`);
  await page.locator('.not-now').evaluate((one) => one.setAttribute('open', ''));
  const why = page.locator('.not-now li', { hasText: '申请验收' });
  await why.getByText('下面还有没有办结的').waitFor();
};

// The topic ends after everything below it, problems as well as shares.
export async function ends() {
  await refused();
  await theRest();
  await refused();
  await shareEnds();
  const path = `/matters/${it.programme}`;
  await move('lead', path, '申请验收', (form) => form.getByLabel('整治成效').fill('照明全部完好'));
  await move('office', path, '验收办结');
  await state(path, '已办结');
  for (const size of ['desktop', 'phone']) {
    const office = await desk('office', size);
    await office.open(path);
    const below = office.page.getByRole('region', { name: '下级事项' });
    await below.getByRole('button', { name: '全部 42' }).waitFor();
    await below.getByRole('button', { name: '已解决 42' }).waitFor();
    assert.equal(await below.locator('.below-counts .chip').count(), 2);
    await office.check('a programme that has ended');
    await office.shot('programme_ended');
  }
}
