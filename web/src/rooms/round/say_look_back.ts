// What rounds of look-backs say in words.
import type { LookBackRound } from '@/api/types';
import { t } from '@/i18n/i18n';

export const lookBackState = (round: Pick<LookBackRound, 'locked'>): string =>
  t(round.locked ? 'round.locked' : 'look_round.open');

// "抽 10 件，按上级单位分层"
export function sampleText(round: Pick<LookBackRound, 'sample' | 'amount' | 'strata'>): string {
  if (round.sample === 'all') return t('look_round.sample.all');
  const sample =
    round.sample === 'size'
      ? t('look_round.sample_of.size', { n: round.amount })
      : t('look_round.sample_of.percent', { n: round.amount });
  return round.strata === 'none'
    ? sample
    : t('look_round.stratified', { sample, by: t(`look_round.strata.${round.strata}`) });
}
