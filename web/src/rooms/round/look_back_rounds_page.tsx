// Rounds of look-backs of a unit, and those in which a unit looks.
import type { LookBackRound } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { Empty } from '@/ui/states';
import { OpenLookBackBox } from './open_look_back_box';
import { RoundList } from './round_list';
import { lookBackState, sampleText } from './say_look_back';

const aboutRound = (round: LookBackRound) => (
  <>
    {sampleText(round)} ·{' '}
    <span className="num">{t('look_round.until_on', { day: fullDay(round.until) })}</span>
  </>
);

export function Component() {
  return (
    <RoundList<LookBackRound, 'unit' | 'looker'>
      path="/look-back-rounds"
      own="unit"
      part="looker"
      words={{
        title: t('look_round.title'),
        text: t('look_round.text'),
        open: t('look_round.open_one'),
        view: (view) => t(`look_round.view.${view}`),
      }}
      empty={{
        unit: <Empty name="look_rounds" icon="check" />,
        looker: <Empty name="look_rounds_looker" icon="check" />,
      }}
      state={lookBackState}
      about={aboutRound}
      numbers={({ drawn, looked }) => t('look_round.numbers', { drawn, looked })}
      missing={({ drawn, looked }) =>
        drawn > looked ? t('look_round.missing_n', { n: drawn - looked }) : null
      }
      box={OpenLookBackBox}
    />
  );
}
