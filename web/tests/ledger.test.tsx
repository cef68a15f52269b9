import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Matter, MatterClock, MatterCounts, MatterType, MatterWhole } from '@/api/types';
import { SessionProvider, type Session } from '@/app/session';
import { loadWords } from '@/i18n/i18n';
import { Clocks, leftText } from '@/rooms/matter/clocks';
import { StateCounts } from '@/rooms/matter/counts';
import { sheetColumns } from '@/rooms/matter/export';
import { Due } from '@/rooms/matter/marks';
import { Moves } from '@/rooms/matter/moves';
import { contentOf, lateness, usualColumns } from '@/rooms/matter/say';
import { Timeline } from '@/rooms/matter/timeline';
import { asksOf, bodyOf, differing, fieldsOf, nothing, wrongIn } from '@/rooms/matter/types';

beforeAll(() => loadWords('zh-CN'));

const field = (name: string, title: string, more: object = {}) => ({
  name,
  title,
  type: 'text',
  of: null,
  words: [],
  target: null,
  required: false,
  min: null,
  max: null,
  not_after: null,
  default: null,
  ...more,
});
const type: MatterType = {
  name: 'trial/fault',
  title: '故障',
  guide: null,
  clauses: [],
  fields: [
    field('cause', '原因'),
    field('what', '现象', { required: true }),
    field('steps', '步骤', { type: 'list', of: 'text' }),
    field('lead', '牵头', { type: 'unit' }),
  ],
  roles: [],
  initial: 'new',
  in_rounds: false,
  in_look_backs: false,
  in_relapses: false,
  states: [
    {
      id: 'new',
      title: '新登记',
      final: null,
      outcome: null,
      completion: 'under_way',
      completion_title: '推进中',
    },
    {
      id: 'over',
      title: '已了结',
      final: 'soft',
      outcome: 'solved',
      completion: 'done',
      completion_title: '已完成',
    },
  ],
  moves: [
    {
      id: 'plan',
      title: '定步骤',
      guide: null,
      clauses: [],
      from: ['new'],
      to: 'new',
      by: [],
      fields: ['steps', 'due', 'reason'],
    },
  ],
  clocks: [],
  sheets: [],
};

const matter = (more: Partial<Matter> = {}): Matter => ({
  id: 'i7',
  number: null,
  into: null,
  relapse_of: null,
  relapsed_as: null,
  merged_count: 0,
  below_count: 0,
  reminded: 0,
  reminded_on: null,
  type: 'trial/fault',
  type_title: '故障',
  pack_version: '1',
  unit: { id: 'u3', name: '东村支部', within: null },
  parent: null,
  campaign: null,
  opened: '2026-10-01',
  due: '2026-11-20',
  first_due: '2026-11-20',
  next_due: '2026-11-20',
  overdue: true,
  stale: false,
  state: 'new',
  state_title: '新登记',
  is_open: true,
  outcome: null,
  fields: { what: '灯不亮', steps: ['换灯', '巡查'], lead: 'u9' },
  units: [{ id: 'u3', name: '东村支部', within: null }],
  evidence: [],
  version: 2,
  changed_at: '2026-11-01T02:00:00Z',
  changed_by: 'a1',
  ...more,
});

const session = { me: { today: '2026-11-26', permissions: [] }, units: [] } as unknown as Session;
const shown = (what: ReactNode) =>
  renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <SessionProvider value={session}>{what}</SessionProvider>
      </MemoryRouter>
    </QueryClientProvider>,
  );

describe('what is sent', () => {
  test('a move demands its fields and takes a word and files besides', () => {
    const asks = asksOf({ fields: ['steps', 'due'] }, type);
    expect(asks.fields.map(({ name, required }) => [name, required])).toEqual([['steps', true]]);
    expect([asks.due, asks.unit, asks.reason, asks.evidence]).toEqual(['must', 'no', 'may', 'may']);
  });
  test('nothing that is empty and nothing that was not asked for', () => {
    const asks = asksOf({ fields: ['steps', 'due'] }, type);
    const change = {
      ...nothing,
      fields: { steps: [' 换灯 ', ''], what: '别的' },
      unit: 'u5',
      due: '2026-12-01',
      reason: ' ',
    };
    expect(bodyOf(change, asks)).toEqual({ fields: { steps: ['换灯'] }, due: '2026-12-01' });
  });
  test('an edit sends what differs, and null for what was emptied', () => {
    const asks = { ...asksOf({ fields: [] }, type), fields: type.fields };
    const before = { what: '灯不亮', cause: '老化' };
    expect(differing({ what: '灯不亮', cause: undefined, lead: 'u2' }, before, asks)).toEqual({
      cause: null,
      lead: 'u2',
    });
  });
  test('a refusal of one item stands beside its list', () => {
    const error = {
      problem: {
        refusals: [
          { where: '/fields/steps/1', message: '太长' },
          { where: '/due', message: '必填' },
        ],
      },
    };
    expect([...wrongIn(error)]).toEqual([
      ['/fields/steps', '太长'],
      ['/due', '必填'],
    ]);
  });
});

describe('what a row says', () => {
  test('the content is the first text that the type cannot do without', () => {
    expect(contentOf(matter(), type)).toBe('灯不亮');
    expect(contentOf(matter({ fields: {} }), type)).toBe('故障 i7');
    expect(usualColumns(type)).toEqual(['steps']);
  });
  test('a field that is no longer declared is still shown', () => {
    const names = fieldsOf(type, matter({ fields: { old: '旧' } })).map((one) => one.name);
    expect(names).toContain('old');
  });
  test('late is said in colour and in words, and the first deadline stays', () => {
    const text = shown(<Due matter={matter({ first_due: '2026-11-01' })} />);
    expect(text).toContain('v-failed');
    expect(text).toContain('逾期 6 天');
    expect(text).toContain('原定 2026-11-01');
  });
  test('what has ended is never late, a week before is soon', () => {
    expect(lateness(matter({ is_open: false, overdue: false }), '2026-11-26')).toBe('none');
    expect(lateness(matter({ overdue: false, next_due: '2026-12-03' }), '2026-11-26')).toBe('soon');
    expect(lateness(matter({ overdue: false, next_due: '2026-12-04' }), '2026-11-26')).toBe(
      'ahead',
    );
  });
  test('the sheet has every field, names of units, and the deadlines', () => {
    const columns = sheetColumns([type], type, new Map([['u9', '住建局']]), '2026-11-26');
    const row = Object.fromEntries(columns.map((one) => [one.head, one.value?.(matter())]));
    expect(row).toMatchObject({
      内容: '灯不亮',
      步骤: '换灯；巡查',
      牵头: '住建局',
      完成时限: '2026-11-20',
      是否逾期: '逾期 6 天',
      状态: '新登记',
    });
  });
});

const counts = {
  type: 'trial/fault',
  title: '故障',
  count: 5,
  merged: 0,
  open: 3,
  overdue: 2,
  states: [
    { id: 'new', title: '新登记', is_final: false, is_merged: false, count: 3, overdue: 2 },
    { id: 'odd', title: '少见', is_final: false, is_merged: false, count: 0, overdue: 0 },
    { id: 'over', title: '已了结', is_final: true, is_merged: false, count: 2, overdue: 0 },
  ],
} satisfies MatterCounts['types'][number];
const view = {
  at: 'u1',
  party: false,
  type: null,
  state: 'over',
  open: false,
  overdue: false,
  stale: false,
  within: null,
  from: null,
  before: null,
  text: '',
  sort: 'newest',
  show: 'table',
} as const;

test('every figure is a button, none stands for a state without matters', () => {
  const text = shown(<StateCounts of={[counts]} view={view} set={() => undefined} />);
  expect(text.match(/<button/g)).toHaveLength(6);
  expect(text).toMatch(/aria-pressed="true"[^>]*><b class="num">2<\/b><span>已了结/);
  expect(text).toContain('逾期 2');
  expect(text).not.toContain('少见');
});

const step = (version: number, more: object) => ({
  version,
  kind: 'moved' as const,
  deed: null,
  move: 'plan',
  title: '定步骤',
  from: 'new',
  to: 'over',
  at: '2026-11-02T02:00:00Z',
  by: 'a4',
  by_name: '王干事',
  reason: null,
  due: null,
  unit: null,
  parent: null,
  into: null,
  relapse_of: null,
  relapsed_as: null,
  fields: [],
  evidence: [],
  journal: 40 + version,
  ...more,
});
const whole = (more: Partial<MatterWhole> = {}): MatterWhole => ({
  ...matter(),
  merged: [],
  merged_into: null,
  parent_matter: null,
  roles: [],
  timeline: [
    step(1, { kind: 'opened', from: null, to: 'new', fields: ['what'] }),
    step(2, {
      reason: '先易后难',
      fields: ['steps', 'gone'],
      due: { from: null, to: '2026-11-20' },
      by_name: null,
    }),
  ],
  clocks: [],
  review: null,
  look_back: null,
  relapse: null,
  urgent: false,
  moves: [],
  may_edit: false,
  as_of: {} as MatterWhole['as_of'],
  ...more,
});

const clock = (more: Partial<MatterClock> = {}): MatterClock => ({
  id: 'fix',
  title: '整改',
  clauses: [],
  status: 'running',
  generation: 1,
  started: '2026-11-02',
  due: '2026-11-20',
  first_due: '2026-11-20',
  stopped: null,
  paused_since: null,
  left: 5,
  left_in: 'workdays',
  provisional: false,
  assumed: false,
  pauses: [],
  changes: [{ on: '2026-11-02', due: '2026-11-20', cause: 'started' }],
  extensions: [],
  ask: null,
  decide: null,
  rungs: [],
  ...more,
});
const clocked = (one: MatterClock) =>
  shown(<Clocks matter={whole({ clocks: [one] })} type={type} done={() => undefined} />);

describe('a clock says in words and by its mark', () => {
  test('how long there is still, over, or when it goes on', () => {
    expect(leftText(clock())).toBe('还有 5 个工作日');
    expect(leftText(clock({ left: 0 }))).toBe('今天到期');
    expect(leftText(clock({ status: 'expired', left: -3, left_in: 'days' }))).toBe('超出 3 天');
    expect(leftText(clock({ status: 'paused', due: null, left: 2 }))).toBe('恢复后还有 2 个工作日');
    expect(leftText(clock({ status: 'late' }))).toBe('');
    expect(clocked(clock({ status: 'expired', left: -3 }))).toContain('v-failed');
    expect(clocked(clock({ assumed: true }))).toContain('按假定参数');
    expect(clocked(clock({ status: 'not_started' }))).toBe('');
  });

  test('what was merged was not done in time, what was done before that was', () => {
    const said = (stopped: string) => {
      const moved = step(2, { from: 'new', to: 'merged', at: '2026-11-12T02:00:00Z' });
      const clocks = [clock({ status: 'in_time', stopped })];
      const merged = whole({ state: 'merged', outcome: 'duplicate', timeline: [moved], clocks });
      return shown(<Clocks matter={merged} type={type} done={() => undefined} />);
    };
    expect(said('2026-11-12')).toContain('不再计时');
    expect(said('2026-11-10')).toContain('按期完成');
  });

  test('the first day behind a later one, and what made it later', () => {
    const text = clocked(
      clock({
        due: '2026-12-20',
        changes: [
          { on: '2026-11-02', due: '2026-11-20', cause: 'started' },
          { on: '2026-11-19', due: '2026-12-20', cause: 'extended' },
        ],
      }),
    );
    expect(text).toContain('原定 2026-11-20');
    expect(text).toContain('延期');
  });

  const extension = {
    on: '2026-11-19',
    until: '2026-12-20',
    due: '2026-11-20',
    reason: '汛期',
    by: 'a4',
    by_name: null,
    decided: null,
    granted: false,
    waiting: true,
  };
  test('an extension that waits has buttons for who decides, and a reason for who does not', () => {
    const may = clocked(clock({ extensions: [extension], decide: { allowed: true, why: [] } }));
    expect(may).toContain('批准延期');
    expect(may).toContain('不批准');
    const mayNot = clocked(
      clock({
        extensions: [extension],
        decide: { allowed: false, why: [{ code: 'move_same_person', say: '须由另一人办理' }] },
      }),
    );
    expect(mayNot).not.toContain('批准延期');
    expect(mayNot).toContain('须由另一人办理');
  });

  const rung = {
    rung: 'high',
    title: '长期逾期',
    clauses: [],
    generation: 1,
    day: '2026-12-01',
    reached: '2026-12-01',
    premature: false,
    tell: '牵头单位',
    propose: 'supervise',
    held: false,
    open: true,
    signed_by: '销号单位',
    hidden: false,
    acknowledge_by: null,
    acknowledge_by_assumed: false,
    receipts: [],
    decided: null,
    signed: false,
    sign: { allowed: true, why: [] },
  };
  test('a proposal waits for a signature, or says why there is none', () => {
    const open = clocked(clock({ status: 'expired', rungs: [rung] }));
    expect(open).toContain('建议挂牌督办');
    expect(open).toContain('待销号单位签批');
    expect(open).toContain('不采纳');
    const held = clocked(clock({ rungs: [{ ...rung, held: true, open: false, sign: null }] }));
    expect(held).toContain('时间还是假定的');
    expect(held).not.toContain('不采纳');
    const signed = { ...rung, open: false, sign: null, decided: '2026-12-02', signed: true };
    expect(clocked(clock({ rungs: [signed] }))).toContain('已签批');
    const reached = {
      unit: { id: 'u4', name: '东村', within: null },
      on: null,
      late: true,
      by_name: null,
      reason: null,
      may: true,
    };
    const sent = { ...signed, acknowledge_by: '2026-03-20', receipts: [reached] };
    const silent = clocked(clock({ rungs: [sent] }));
    expect(silent).toContain('东村 逾期未签收');
    expect(silent).toContain('>签收<');
    const had = { ...reached, on: '2026-03-19', late: false, may: false, reason: '已开工' };
    const received = clocked(clock({ rungs: [{ ...sent, receipts: [had] }] }));
    expect(received).toContain('东村 已于 2026-03-19 签收');
    expect(received).toContain('已开工');
    expect(received).not.toContain('>签收<');
    const hidden = clocked(clock({ rungs: [{ ...rung, hidden: true, open: false, sign: null }] }));
    expect(hidden).toContain('只有有关单位看得到');
  });
});

test('the timeline tells newest first who, what changed and why', () => {
  const text = shown(<Timeline of={whole()} type={type} />);
  expect(text.indexOf('定步骤')).toBeLessThan(text.indexOf('登记'));
  expect(text).toContain('账号 a4');
  expect(text).toContain('王干事');
  expect(text).toContain('先易后难');
  expect(text).toContain('填写或修改：步骤、gone');
  expect(text).toContain('完成时限：未定 → 2026-11-20');
  expect(text).toContain('已了结');
});

test('what may be done is a button, what may not is said with its reason', () => {
  const move = (id: string, title: string, why: string[]) => ({
    id,
    title,
    guide: null,
    to: 'over',
    fields: ['steps', 'due'],
    clauses: [],
    allowed: why.length === 0,
    why: why.map((say) => ({ code: 'role_required', say })),
  });
  const moves = [move('a', '定步骤', []), move('b', '核验', ['由牵头单位办理'])];
  const text = shown(<Moves matter={whole({ moves })} type={type} done={() => undefined} />);
  expect(text).toMatch(/<button[^>]*><span>定步骤/);
  expect(text).not.toMatch(/<button[^>]*><span>核验/);
  expect(text).toContain('由牵头单位办理');
  expect(text).toContain('需填：步骤、完成时限');
  const none = shown(<Moves matter={whole({ moves: [moves[1]!] })} type={type} done={() => 0} />);
  expect(none).toContain('现在不由您办理');
  expect(none).toContain('<details class="not-now" open="">');
});
