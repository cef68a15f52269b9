// Who is regularly not there: floating members, and those whom somebody marked on this device.
import type { Membership } from '@/api/types';

const nameOf = (unit: string) => `huilu.absent.${unit}`;

export function regulars(unit: string): string[] {
  try {
    return JSON.parse(localStorage.getItem(nameOf(unit)) ?? '[]') as string[];
  } catch {
    return [];
  }
}

export function toggleRegular(unit: string, person: string): string[] {
  const before = regulars(unit);
  const next = before.includes(person)
    ? before.filter((one) => one !== person)
    : [...before, person];
  localStorage.setItem(nameOf(unit), JSON.stringify(next));
  return next;
}

export function expectedAbsent(roll: Membership[]): string[] {
  const kept = new Map<string, string[]>();
  const of = (unit: string) => {
    const known = kept.get(unit) ?? regulars(unit);
    kept.set(unit, known);
    return known;
  };
  return roll
    .filter((member) => member.floating || of(member.unit).includes(member.person))
    .map((member) => member.person);
}
