import { beforeAll, describe, expect, test } from 'vitest';
import type { Field, Matter, MatterOutline, MatterType } from '@/api/types';
import { loadWords } from '@/i18n/i18n';
import { statesFrom } from '@/rooms/matter/board';
import { completionText } from '@/rooms/matter/completion';
import {
  cellText,
  laidOver,
  parsedCell,
  pastedCells,
  withCell,
  writableFields,
} from '@/rooms/matter/grid_cells';
import { byUnit, weeksOf } from '@/rooms/matter/ledger_timeline';
import { barOf, monthsIn, placeOf, rangeOf, weekOf } from '@/rooms/matter/spans';
import { isLookedAt, partOf, savedOf, viewIn } from '@/rooms/matter/view';

beforeAll(() => loadWords('zh-CN'));

const field = (name: string, type: string, more: Partial<Field> = {}): Field => ({
  name,
  title: name,
  type: type as Field['type'],
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
const words = [
  { code: 'at_once', title: '立行立改', retired: false },
  { code: 'long_term', title: '长期坚持', retired: false },
] as unknown as Field['words'];

const matter = (more: Partial<Matter> = {}): Matter => ({
  id: 'i1',
  number: null,
  type: 'trial/fault',
  type_title: '故障',
  pack_version: '1.0.0',
  unit: { id: 'u1', name: '东村支部', within: null },
  parent: null,
  into: null,
  relapse_of: null,
  relapsed_as: null,
  merged_count: 0,
  below_count: 0,
  campaign: null,
  opened: '2026-03-01',
  due: null,
  first_due: null,
  next_due: null,
  overdue: false,
  stale: false,
  state: 'new',
  state_title: '新登记',
  is_open: true,
  outcome: null,
  fields: {},
  units: [],
  evidence: [],
  reminded: 0,
  reminded_on: null,
  version: 1,
  changed_at: '2026-03-01T00:00:00.000Z',
  changed_by: null,
  ...more,
});
const outline = (more: Partial<Matter>, rest: Partial<MatterOutline> = {}): MatterOutline => ({
  matter: matter(more),
  settled: null,
  children: 0,
  clocks: [],
  ...rest,
});

describe('bars along time', () => {
  test('an extension is drawn behind the first deadline, which keeps its mark', () => {
    const bar = barOf(
      outline({ first_due: '2026-03-10', due: '2026-03-20', next_due: '2026-03-20' }),
      '2026-03-05',
    );
    expect(bar.parts).toEqual([
      { kind: 'plan', from: '2026-03-01', until: '2026-03-11' },
      { kind: 'extended', from: '2026-03-11', until: '2026-03-21' },
    ]);
    expect(bar.first).toBe('2026-03-10');
  });

  test('what is late reaches to today, and to the day on which it was settled', () => {
    const late = outline({ first_due: '2026-03-10', due: '2026-03-10', next_due: '2026-03-10' });
    expect(barOf(late, '2026-03-14').parts.at(-1)).toEqual({
      kind: 'late',
      from: '2026-03-11',
      until: '2026-03-14',
    });
    expect(barOf({ ...late, settled: '2026-03-12' }, '2026-03-14').parts.at(-1)?.until).toBe(
      '2026-03-13',
    );
    expect(barOf(late, '2026-03-10').parts.map((part) => part.kind)).toEqual(['plan']);
  });

  test('a pause that has no end lasts until today; what has no deadline is open', () => {
    const clock = {
      id: 'fix',
      title: '整改',
      status: 'paused' as const,
      due: null,
      first_due: null,
      stopped: null,
      paused_since: '2026-03-03',
      extension_waits: false,
      pauses: [{ from: '2026-03-03', until: null }],
      changes: [],
    };
    const bar = barOf(outline({}, { clocks: [clock] }), '2026-03-05');
    expect(bar.parts).toEqual([
      { kind: 'open', from: '2026-03-01', until: '2026-03-06' },
      { kind: 'pause', from: '2026-03-03', until: '2026-03-06' },
    ]);
  });

  test('the range has whole months and today in it', () => {
    const bar = barOf(outline({ due: '2026-05-05', first_due: '2026-05-05' }), '2026-03-14');
    const range = rangeOf([{ opened: '2026-03-01', bar }], '2026-03-14');
    expect(range).toEqual({ from: '2026-03-01', until: '2026-06-01', days: 92 });
    expect(monthsIn(range)).toEqual(['2026-03-01', '2026-04-01', '2026-05-01']);
    expect(placeOf('2026-03-01', range)).toBe(0);
    expect(placeOf('2030-01-01', range)).toBe(100);
  });

  test('weeks begin on Monday; late comes first, without a day and settled last', () => {
    expect(weekOf('2026-03-08')).toBe('2026-03-02');
    expect(weekOf('2026-03-09')).toBe('2026-03-09');
    const items = [
      outline({ id: 'i1', is_open: false }),
      outline({ id: 'i2' }),
      outline({ id: 'i3', next_due: '2026-03-11' }),
      outline({ id: 'i4', next_due: '2026-03-01' }),
    ];
    expect(weeksOf(items, '2026-03-05').map((week) => week.key)).toEqual([
      '',
      '2026-03-09',
      '~none',
      '~settled',
    ]);
  });

  test('matters stand under who is responsible, in the order of the first', () => {
    const other = { id: 'u2', name: '西村支部', within: null };
    const groups = byUnit([
      outline({ id: 'i1' }),
      outline({ id: 'i2', unit: other }),
      outline({ id: 'i3' }),
    ]);
    expect(groups.map((group) => group.items.map((one) => one.matter.id))).toEqual([
      ['i1', 'i3'],
      ['i2'],
    ]);
  });
});

describe('cells of the grid', () => {
  test.each<[Field, string, unknown]>([
    [field('a', 'text'), ' 修补 ', { value: '修补' }],
    [field('a', 'text'), '  ', { value: null }],
    [field('a', 'text', { required: true }), '', { fault: 'matter.grid.required' }],
    [field('a', 'int'), '1,200', { value: 1200 }],
    [field('a', 'int'), '1.5', { fault: 'matter.grid.number' }],
    [field('a', 'int', { max: 5 }), '6', { fault: 'matter.grid.range' }],
    [field('a', 'decimal'), '1.50', { value: '1.50' }],
    [field('a', 'bool'), '是', { value: true }],
    [field('a', 'bool'), 'N', { value: false }],
    [field('a', 'bool'), '也许', { fault: 'matter.grid.yes_no' }],
    [field('a', 'date'), '2026/3/5', { value: '2026-03-05' }],
    [field('a', 'date'), '2026年3月5日', { value: '2026-03-05' }],
    [field('a', 'date'), '2026-02-30', { fault: 'matter.grid.date' }],
    [field('a', 'enum', { words }), '长期坚持', { value: 'long_term' }],
    [field('a', 'enum', { words }), 'at_once', { value: 'at_once' }],
    [field('a', 'enum', { words }), '长期', { fault: 'matter.grid.word' }],
    [field('a', 'list', { of: 'text' }), '修补；清淤\n', { value: ['修补', '清淤'] }],
  ])('%o: "%s"', (of, text, cell) => expect(parsedCell(of, text)).toEqual(cell));

  test('units, persons and files are not written there', () => {
    const fields = [field('a', 'text'), field('b', 'unit'), field('c', 'file'), field('d', 'date')];
    expect(writableFields({ fields } as MatterType).map((one) => one.name)).toEqual(['a', 'd']);
  });

  test('what comes from a sheet has rows and columns, and quoted line breaks', () => {
    expect(pastedCells('一\t二\r\n"三\n四"\t五\r\n')).toEqual([
      ['一', '二'],
      ['三\n四', '五'],
    ]);
    expect(pastedCells('"他说""好"""')).toEqual([['他说"好"']]);
    expect(pastedCells('甲\n\n乙')).toEqual([['甲'], [''], ['乙']]);
    expect(pastedCells('')).toEqual([]);
  });

  test('a pasted column goes down from the chosen row and passes over what is settled', () => {
    const items = [
      matter({ id: 'i1' }),
      matter({ id: 'i2', is_open: false }),
      matter({ id: 'i3', fields: { a: '已有', b: null } }),
    ];
    const columns = [field('a', 'text'), field('b', 'text')];
    const cells = [['甲', '乙'], ['已有', '丙'], ['多余']];
    const { typed, left } = laidOver({}, cells, { row: 0, column: 0 }, items, columns);
    // The third row says what stands there already, and its other cell is hidden.
    expect(typed).toEqual({ i1: { a: '甲', b: '乙' } });
    expect(left).toBe(1);
  });

  test('a cell that says again what stands there is not changed any more', () => {
    const typed = withCell({}, 'i1', 'a', '新', '旧');
    expect(typed).toEqual({ i1: { a: '新' } });
    expect(withCell(typed, 'i1', 'a', '旧', '旧')).toEqual({});
    expect(cellText(field('a', 'bool'), false)).toBe('false');
    expect(cellText(field('a', 'list'), ['一', '二'])).toBe('一\n二');
  });
});

describe('views and saved filters', () => {
  const view = viewIn(
    new URLSearchParams('type=a/b&state=new&due_within=7&show=board'),
    'u1',
    false,
  );

  test('what is saved opens to the same address', () => {
    expect(savedOf(view, false)).toEqual({
      type: 'a/b',
      state: 'new',
      due_within: 7,
      show: 'board',
    });
    const part = partOf(savedOf(view, true));
    expect(part).toMatchObject({ unit: 'u1', type: 'a/b', due_within: '7', overdue: null });
    const search = new URLSearchParams(
      Object.entries(part).filter((entry): entry is [string, string] => entry[1] !== null),
    );
    expect(viewIn(search, 'u1', false)).toEqual(view);
  });

  test('one is looked at where nothing differs, with the unit only where it names one', () => {
    const saved = savedOf(view, false);
    expect(isLookedAt(saved, view)).toBe(true);
    expect(isLookedAt({ ...saved, unit: 'u1' }, view)).toBe(true);
    expect(isLookedAt({ ...saved, unit: 'u2' }, view)).toBe(false);
    expect(isLookedAt({ ...saved, text: '路' }, view)).toBe(false);
  });

  test('an address that says nothing is the table; nonsense in it is left out', () => {
    const plain = viewIn(new URLSearchParams('show=pie&due_within=x&sort=worst'), 'u1', true);
    expect(plain).toMatchObject({ show: 'table', within: null, sort: 'newest', party: true });
  });
});

test('the board leads only where a move leads that somebody makes', () => {
  const type = {
    states: [{ id: 'new' }, { id: 'fixing' }, { id: 'over' }],
    moves: [
      { id: 'start', from: ['new'], to: 'fixing', by: ['owner'] },
      { id: 'keep', from: ['new'], to: 'new', by: ['owner'] },
      { id: 'by_itself', from: ['new'], to: 'over', by: [] },
    ],
  } as unknown as MatterType;
  expect(statesFrom(type, 'new')).toEqual(['fixing']);
  expect(statesFrom(type, 'over')).toEqual([]);
});

test('how far it is stands apart from its state', () => {
  const state = (id: string, completion: string, title: string) => ({
    id,
    title: id,
    final: null,
    outcome: null,
    completion,
    completion_title: title,
  });
  const type = {
    states: [state('new', 'under_way', '推进中'), state('checked', 'done', '已完成')],
  } as MatterType;
  expect(completionText(matter(), type)).toBe('推进中');
  expect(completionText(matter({ next_due: '2026-03-05' }), type)).toBe('推进中（序时）');
  expect(completionText(matter({ next_due: '2026-03-05', overdue: true }), type)).toBe(
    '推进中（滞后）',
  );
  expect(completionText(matter({ state: 'checked' }), type)).toBe('已完成待销号');
  expect(completionText(matter({ state: 'checked', is_open: false }), type)).toBe('已完成');
});
