// Rounds of look-backs of a unit, and those in which a unit looks.
import { Link, useSearchParams } from 'react-router';
import { useState } from 'react';
import { useGet } from '@/api/hooks';
import type { LookBackRound, LookBackRoundList } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { comma, fullDay } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { Empty, Loaded } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { OpenLookBackBox } from './open_look_back_box';
import './round.css';
import { lookBackState, sampleText } from './say_look_back';

const views = ['unit', 'looker'] as const;

export function Component() {
  const { unit } = useSession();
  const opens = useMay('round_change');
  const [search, setSearch] = useSearchParams();
  const [opening, setOpening] = useState(false);
  const wanted = search.get('view');
  const view = views.find((one) => one === wanted) ?? (opens ? 'unit' : 'looker');
  const list = useGet<LookBackRoundList>(
    '/look-back-rounds',
    { [view]: unit?.id, limit: 50 },
    unit !== undefined,
  );
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('look_round.title')}</h1>
          <p>{t('look_round.text')}</p>
        </div>
        {opens && unit ? (
          <Button look="main" icon="plus" onClick={() => setOpening(true)}>
            {t('look_round.open_one')}
          </Button>
        ) : null}
      </div>
      <Tabs
        names={views}
        shown={view}
        onShow={(one) => setSearch({ view: one }, { replace: true })}
      >
        {(one) => t(`look_round.view.${one}`)}
      </Tabs>
      <Loaded of={list}>
        {(data) =>
          data.items.length === 0 ? (
            <section className="card">
              {view === 'unit' ? (
                <Empty name="look_rounds" icon="check" />
              ) : (
                <Empty name="look_rounds_looker" icon="check" />
              )}
            </section>
          ) : (
            <ul className="card lines rounds">
              {data.items.map((one) => (
                <Line key={one.id} round={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {opening && unit ? <OpenLookBackBox unit={unit} close={() => setOpening(false)} /> : null}
    </div>
  );
}

function Line({ round }: { round: LookBackRound }) {
  const missing = round.drawn - round.looked;
  return (
    <li>
      <div className="grow">
        <p className="todo-title">
          <Link to={`/look-back-rounds/${round.id}`}>{round.name}</Link>{' '}
          <span className={`tag ${round.locked ? '' : 'plan'}`}>{lookBackState(round)}</span>
        </p>
        <p className="small muted">
          {nameOf(round.unit)} · {round.types.map((type) => type.title).join(comma())} ·{' '}
          {sampleText(round)} ·{' '}
          <span className="num">{t('look_round.until_on', { day: fullDay(round.until) })}</span>
        </p>
      </div>
      <p className="num">
        {t('look_round.numbers', { drawn: round.drawn, looked: round.looked })}{' '}
        {missing > 0 ? (
          <span className={round.locked ? 'muted' : 'verdict v-at_risk'}>
            {t('look_round.missing_n', { n: missing })}
          </span>
        ) : null}
      </p>
    </li>
  );
}
