// How a unit and all below it stand with look-backs: how often matters were settled and looked at
// again, what was found, and what nobody has looked at yet.
import { useSearchParams } from 'react-router';
import { useGet, usePages } from '@/api/hooks';
import type { LookBackCounts, LookBackList } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { nameOf, UnitName } from '@/rooms/org/unit_name';
import { ButtonLink } from '@/ui/button';
import { Empty, Loaded, More } from '@/ui/states';
import '@/rooms/compliance/todo.css';
import '@/rooms/round/round.css';
import './matter.css';
import { AwaitedMark, FoundMark } from './marks';
import { MatterLink } from './matter_link';
import { useMatterTypes } from './types';

const kinds = ['missed', 'due', 'all'] as const;
type Kind = (typeof kinds)[number];

export function Component() {
  const { unit } = useSession();
  const [search, setSearch] = useSearchParams();
  const at = search.get('unit') ?? unit?.id;
  const which = kinds.find((one) => one === search.get('which')) ?? 'due';
  const counts = useGet<LookBackCounts>(`/units/${at}/look-backs/counts`, {}, at !== undefined);
  const choose = (kind: Kind) =>
    setSearch(at ? { unit: at, which: kind } : { which: kind }, { replace: true });
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('look_back.title')}</h1>
          <p>{at ? <UnitName id={at} /> : null}</p>
        </div>
        <ButtonLink to="/look-back-rounds" icon="check">
          {t('look_round.title')}
        </ButtonLink>
      </div>
      <Loaded of={counts} lines={4}>
        {(list) => (
          <div className="stack">
            {list.types.map((type) => (
              <Counts key={type.type} of={type} />
            ))}
            <div className="row" role="group" aria-label={t('look_back.which')}>
              {kinds.map((kind) => (
                <button
                  key={kind}
                  type="button"
                  className="chip"
                  aria-pressed={kind === which}
                  onClick={() => choose(kind)}
                >
                  {t(`look_back.which.${kind}`)}
                </button>
              ))}
            </div>
            {at ? <Open unit={at} which={which} /> : null}
            <p className="as-of">{t('state.as_of', { at: instant(list.as_of.known_at) })}</p>
          </div>
        )}
      </Loaded>
    </div>
  );
}

function Counts({ of }: { of: LookBackCounts['types'][number] }) {
  const figures = [
    ['settled', of.settled],
    ['looked_back', of.looked_back],
    ['due', of.due],
    ['missed', of.missed],
    ['to_come', of.awaited],
  ] as const;
  return (
    <section className="card" aria-label={of.title}>
      <header>
        <h2>{of.title}</h2>
      </header>
      <div className="body stack">
        <dl className="round-figures">
          {figures.map(([name, n]) => (
            <div key={name} className={name === 'missed' && n > 0 ? 'late' : ''}>
              <dt>{t(`look_back.figure.${name}`)}</dt>
              <dd className="num">{n}</dd>
            </div>
          ))}
        </dl>
        {of.looked_back > 0 ? (
          <p className="row">
            <span className="muted small">{t('look_back.found_so_far')}</span>
            {of.found
              .filter((one) => one.count > 0)
              .map((one) => (
                <FoundMark
                  key={one.outcome}
                  outcome={one.outcome}
                  title={`${one.title} ${one.count}`}
                />
              ))}
          </p>
        ) : null}
      </div>
    </section>
  );
}

function Open({ unit, which }: { unit: string; which: Kind }) {
  const types = useMatterTypes();
  const list = usePages<LookBackList>('/look-backs', { unit, which });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isSuccess && items.length === 0) {
    return (
      <section className="card">
        <Empty name="look_backs" icon="check" />
      </section>
    );
  }
  return (
    <section className="card" aria-label={t('look_back.awaited')}>
      <ul className="lines">
        {items.map(({ matter, due, missed }) => (
          <li key={matter.id} className="todo">
            <div className="grow">
              <p className="todo-title">
                <MatterLink matter={matter} types={types.data?.items} />
              </p>
              <p className="small muted">
                {matter.type_title} · {nameOf(matter.unit)} ·{' '}
                <span className="num">
                  {due ? t('look_back.from', { day: fullDay(due) }) : t('matter.due.none')}
                </span>
              </p>
            </div>
            <AwaitedMark due={due} missed={missed} />
          </li>
        ))}
      </ul>
      <More of={list} />
    </section>
  );
}
