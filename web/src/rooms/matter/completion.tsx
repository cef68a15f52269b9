// 完成情况: how far a matter is, kept apart from the state of its procedure. What was done and is not
// struck off yet says so; what is under way says whether it is within its time.
import type { Matter, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { aside } from '@/i18n/format';

export function completionText(matter: Matter, type: MatterType | undefined): string {
  const state = type?.states.find((one) => one.id === matter.state);
  if (!state) return '';
  if (state.completion === 'done' && matter.is_open) return t('matter.completion.waiting');
  if (state.completion !== 'under_way' || !matter.next_due) return state.completion_title;
  const pace = t(matter.overdue ? 'matter.completion.behind' : 'matter.completion.on_pace');
  return state.completion_title + aside(pace);
}
