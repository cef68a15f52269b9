import dayjs, { type Dayjs } from 'dayjs';

const known = new Map<string, Dayjs>();

// The same object for the same day: an open calendar turns back to the month of its value whenever
// that is another object, so also when something else of the page has come.
export function dayOf(text: string): Dayjs {
  const key = `${dayjs.locale()} ${text}`;
  const day = known.get(key) ?? dayjs(text);
  known.set(key, day);
  return day;
}
