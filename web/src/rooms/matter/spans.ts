// Where the parts of a matter's bar lie on the line of time: from its registration to its last day,
// as it was first set and as it was extended, what is over, and when its clock stood still.
import type { MatterOutline } from '@/api/types';
import { addDays, dateOf, daysBetween, dayText } from '@/i18n/format';

export type Part = {
  kind: 'plan' | 'extended' | 'late' | 'open' | 'pause';
  from: string;
  until: string; // the day behind the last
};
export type Bar = {
  parts: Part[];
  first: string | null; // the deadline as it was first set, where another followed
  due: string | null;
  settled: string | null;
};

const later = (a: string, b: string) => (a > b ? a : b);
const sooner = (a: string, b: string) => (a < b ? a : b);

export function barOf(of: MatterOutline, today: string): Bar {
  const { matter } = of;
  const end = of.settled ?? today;
  const due = matter.due ?? matter.next_due;
  const first = matter.first_due ?? due;
  const parts: Part[] = [];
  const add = (kind: Part['kind'], from: string, until: string) => {
    if (from < until) parts.push({ kind, from, until });
  };
  if (!due || !first) add('open', matter.opened, addDays(later(end, matter.opened), 1));
  else {
    const planned = addDays(sooner(first, due), 1);
    const last = addDays(due, 1);
    add('plan', matter.opened, later(planned, addDays(matter.opened, 1)));
    add('extended', later(planned, matter.opened), last);
    add('late', later(last, matter.opened), addDays(end, of.settled ? 1 : 0));
  }
  for (const pause of pausesOf(of)) add('pause', pause.from, pause.until ?? addDays(end, 1));
  return {
    parts,
    first: first !== due ? first : null,
    due,
    settled: of.settled,
  };
}

// Of the clock that runs to the deadline; of others where none does.
function pausesOf(of: MatterOutline): { from: string; until: string | null }[] {
  const main = of.clocks.find((clock) => clock.due !== null && clock.due === of.matter.due);
  const clocks = main ? [main] : of.clocks;
  return clocks.flatMap((clock) => clock.pauses);
}

export type Range = { from: string; until: string; days: number };

// From the first of a month to the first of another, with today in it.
export function rangeOf(bars: { opened: string; bar: Bar }[], today: string): Range {
  let from = today;
  let until = addDays(today, 14);
  for (const { opened, bar } of bars) {
    from = sooner(from, opened);
    for (const part of bar.parts) until = later(until, part.until);
  }
  from = monthOf(from);
  until = nextMonth(until);
  return { from, until, days: daysBetween(from, until) };
}

export const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
export function nextMonth(day: string): string {
  const date = dateOf(monthOf(day));
  return dayText(new Date(date.getFullYear(), date.getMonth() + 1, 1));
}

export function monthsIn(range: Range): string[] {
  const months: string[] = [];
  for (let at = range.from; at < range.until; at = nextMonth(at)) months.push(at);
  return months;
}

// In hundredths of the range.
export const placeOf = (day: string, range: Range): number =>
  (Math.min(Math.max(daysBetween(range.from, day), 0), range.days) * 100) / range.days;

// The Monday of its week.
export function weekOf(day: string): string {
  return addDays(day, -((dateOf(day).getDay() + 6) % 7));
}
