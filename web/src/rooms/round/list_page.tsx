// Rounds of a unit's ledger, and those in which a unit has a part: what asks it for lines.
import { Link, useSearchParams } from 'react-router';
import { useState } from 'react';
import { useGet } from '@/api/hooks';
import type { Round, RoundList } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, fullDay } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { Empty, Loaded } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { OpenBox } from './open_box';
import './round.css';
import { stateOf } from './say';

const views = ['unit', 'party'] as const;

export function Component() {
  const { unit } = useSession();
  const opens = useMay('round_change');
  const [search, setSearch] = useSearchParams();
  const [opening, setOpening] = useState(false);
  const wanted = search.get('view');
  const view = views.find((one) => one === wanted) ?? (opens ? 'unit' : 'party');
  const list = useGet<RoundList>('/rounds', { [view]: unit?.id, limit: 50 }, unit !== undefined);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('place.rounds')}</h1>
          <p>{t('round.text')}</p>
        </div>
        {opens && unit ? (
          <Button look="main" icon="plus" onClick={() => setOpening(true)}>
            {t('round.open_one')}
          </Button>
        ) : null}
      </div>
      <Tabs
        names={views}
        shown={view}
        onShow={(one) => setSearch({ view: one }, { replace: true })}
      >
        {(one) => t(`round.view.${one}`)}
      </Tabs>
      <Loaded of={list}>
        {(data) =>
          data.items.length === 0 ? (
            <section className="card">
              {view === 'unit' ? (
                <Empty name="rounds" icon="calendar" />
              ) : (
                <Empty name="rounds_party" icon="calendar" />
              )}
            </section>
          ) : (
            <ul className="card lines rounds">
              {data.items.map((one) => (
                <Line key={one.id} round={one} party={view === 'party'} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {opening && unit ? <OpenBox unit={unit} close={() => setOpening(false)} /> : null}
    </div>
  );
}

function Line({ round, party }: { round: Round; party: boolean }) {
  return (
    <li>
      <div className="grow">
        <p className="todo-title">
          <Link to={`/rounds/${round.id}`}>{round.name}</Link>{' '}
          <span className={`tag ${round.locked ? '' : 'plan'}`}>{stateOf(round)}</span>
        </p>
        <p className="small muted">
          {nameOf(round.unit)} · {round.types.map((type) => type.title).join(comma())} ·{' '}
          <span className="num">{t('round.cutoff_on', { day: fullDay(round.cutoff) })}</span>
        </p>
      </div>
      <p className="num">
        {t(party ? 'round.numbers_party' : 'round.numbers', {
          rows: round.rows,
          asked: round.asked,
        })}{' '}
        {round.unanswered > 0 ? (
          <span className={round.locked ? 'muted' : 'verdict v-at_risk'}>
            {t('round.unanswered_n', { n: round.unanswered })}
          </span>
        ) : null}
      </p>
    </li>
  );
}
