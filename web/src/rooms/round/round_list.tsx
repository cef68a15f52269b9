// Rounds of either kind: those of a unit, and those in which it has a part.
import { useState, type ComponentType, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useGet } from '@/api/hooks';
import type { Round } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { comma } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { Loaded } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import './round.css';

type Unit = { id: string; name: string };
type Shown = Pick<Round, 'id' | 'name' | 'unit' | 'types' | 'locked'>;

export function RoundList<One extends Shown, View extends string>(props: {
  path: string; // of the page and of the API
  words: { title: string; text: string; open: string; view: (view: View) => string };
  own: View; // what a unit has opened
  part: View; // where it has a part
  empty: Record<View, ReactNode>;
  state: (round: One) => string;
  about: (round: One) => ReactNode;
  numbers: (round: One, view: View) => string;
  missing: (round: One) => string | null;
  box: ComponentType<{ unit: Unit; close: () => void }>;
}) {
  const { path, words, own, part, box: Box } = props;
  const { unit } = useSession();
  const opens = useMay('round_change');
  const [search, setSearch] = useSearchParams();
  const [opening, setOpening] = useState(false);
  const views = [own, part];
  const wanted = search.get('view');
  const view = views.find((one) => one === wanted) ?? (opens ? own : part);
  const list = useGet<{ items: One[] }>(path, { [view]: unit?.id, limit: 50 }, unit !== undefined);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{words.title}</h1>
          <p>{words.text}</p>
        </div>
        {opens && unit ? (
          <Button look="main" icon="plus" onClick={() => setOpening(true)}>
            {words.open}
          </Button>
        ) : null}
      </div>
      <Tabs
        names={views}
        shown={view}
        onShow={(one) => setSearch({ view: one }, { replace: true })}
      >
        {words.view}
      </Tabs>
      <Loaded of={list}>
        {(data) =>
          data.items.length === 0 ? (
            <section className="card">{props.empty[view]}</section>
          ) : (
            <ul className="card lines rounds">
              {data.items.map((round) => (
                <li key={round.id}>
                  <div className="grow">
                    <p className="todo-title">
                      <Link to={`${path}/${round.id}`}>{round.name}</Link>{' '}
                      <span className={`tag ${round.locked ? '' : 'plan'}`}>
                        {props.state(round)}
                      </span>
                    </p>
                    <p className="small muted">
                      {nameOf(round.unit)} · {round.types.map((type) => type.title).join(comma())} ·{' '}
                      {props.about(round)}
                    </p>
                  </div>
                  <p className="num">
                    {props.numbers(round, view)}{' '}
                    <span className={round.locked ? 'muted' : 'verdict v-at_risk'}>
                      {props.missing(round)}
                    </span>
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {opening && unit ? <Box unit={unit} close={() => setOpening(false)} /> : null}
    </div>
  );
}
