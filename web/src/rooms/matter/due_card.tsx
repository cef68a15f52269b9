// On the page of what is owed: matters on the ledger that the unit has a part in, the late ones and
// those of this month, the nearest first. Who leads a tree has the ledger for it.
import { Link } from 'react-router';
import { useGet, useUnit } from '@/api/hooks';
import type { MatterList } from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays, fullDay } from '@/i18n/format';
import { isBranch, nameOf } from '@/rooms/org/unit_name';
import { LatenessMark, StateMark } from './marks';
import { contentOf } from './say';
import { useMatterTypes } from './types';
import './matter.css';

const shownMost = 10;

export function MattersDue() {
  const { me, unit } = useSession();
  const may = useMay('matter_read');
  const at = useUnit(unit?.id);
  const takesPart = at.data ? isBranch(at.data) || !at.data.has_children : false;
  const list = useGet<MatterList>(
    '/matters',
    { party: unit?.id, sort: 'due', limit: 50 },
    may && takesPart,
  );
  const types = useMatterTypes(may && takesPart);
  const soon = addDays(me.today, 31);
  const due = (list.data?.items ?? []).filter((one) => one.is_open && one.due && one.due <= soon);
  if (due.length === 0) return null;
  const typeOf = (name: string) => types.data?.items.find((type) => type.name === name);
  return (
    <section className="card">
      <header>
        <h2>{t('todo.matters')}</h2>
        <Link to={`/matters?party=true&sort=due`} className="num">
          {t('todo.matters_all', { n: due.length })}
        </Link>
      </header>
      <ul className="lines">
        {due.slice(0, shownMost).map((one) => (
          <li key={one.id} className="todo">
            <div className="grow">
              <p className="todo-title">
                <Link to={`/matters/${one.id}`}>{contentOf(one, typeOf(one.type))}</Link>
              </p>
              <p className="small muted">
                {nameOf(one.unit)} · <span className="num">{fullDay(one.due ?? '')}</span>
              </p>
            </div>
            <LatenessMark matter={one} />
            <StateMark matter={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}
