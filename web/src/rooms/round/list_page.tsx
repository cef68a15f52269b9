// Rounds of a unit's ledger, and those in which a unit has a part: what asks it for lines.
import type { Round } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay } from '@/i18n/format';
import { Empty } from '@/ui/states';
import { OpenBox } from './open_box';
import { RoundList } from './round_list';
import { stateOf } from './say';

const aboutRound = (round: Round) => (
  <span className="num">{t('round.cutoff_on', { day: fullDay(round.cutoff) })}</span>
);

export function Component() {
  return (
    <RoundList<Round, 'unit' | 'party'>
      path="/rounds"
      own="unit"
      part="party"
      words={{
        title: t('place.rounds'),
        text: t('round.text'),
        open: t('round.open_one'),
        view: (view) => t(`round.view.${view}`),
      }}
      empty={{
        unit: <Empty name="rounds" icon="calendar" />,
        party: <Empty name="rounds_party" icon="calendar" />,
      }}
      state={stateOf}
      about={aboutRound}
      numbers={(round, view) =>
        t(view === 'party' ? 'round.numbers_party' : 'round.numbers', {
          rows: round.rows,
          asked: round.asked,
        })
      }
      missing={({ unanswered }) =>
        unanswered > 0 ? t('round.unanswered_n', { n: unanswered }) : null
      }
      box={OpenBox}
    />
  );
}
