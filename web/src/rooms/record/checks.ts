// What packs ask before a record is saved: from the dry run while it is being written, or from the
// refusal when it was sent.
import type { FailedCheck } from '@/api/types';
import type { Draft } from './types';

export type Asked = Pick<FailedCheck, 'check' | 'title' | 'clauses' | 'otherwise' | 'says'>;

type Problem = { refusals: { code: string; where: string; message: string }[] };

const asks = { check_reason_required: 'reason', check_failed: 'refuse' } as const;

// The checks that a refusal is about; their words stand in the message.
export function askedBy(error: unknown): Asked[] {
  const problem = (error as { problem?: Problem } | null)?.problem;
  return (problem?.refusals ?? []).flatMap(({ code, where, message }) => {
    const otherwise = asks[code as keyof typeof asks];
    const step = where.split('/')[2];
    if (!otherwise || step === undefined) return [];
    const check = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return [{ check, title: '', clauses: [], otherwise, says: message }];
  });
}

// Each once; what was said while writing knows more than the refusal.
export function together(dry: Asked[], refused: Asked[]): Asked[] {
  const seen = new Set(dry.map((one) => one.check));
  return [...dry, ...refused.filter((one) => !seen.has(one.check))];
}

// The reasons that are sent: those that somebody asks for and that say something.
export function reasonsOf(draft: Draft, asked: Asked[]): Record<string, string> {
  const reasons: Record<string, string> = {};
  for (const { check, otherwise } of asked) {
    const reason = draft.reasons?.[check]?.trim();
    if (otherwise === 'reason' && reason) reasons[check] = reason;
  }
  return reasons;
}
