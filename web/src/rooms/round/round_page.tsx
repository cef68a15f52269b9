// A round. For the office it is the agenda of the meeting; for a unit with a part in it, the rows that
// ask for a line.
import { useParams, useSearchParams } from 'react-router';
import type { RoundRow, RoundWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, fullDay, instant } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { nameOf } from '@/rooms/org/unit_name';
import { Button, ButtonLink } from '@/ui/button';
import { Empty, Loaded } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { Agenda } from './agenda';
import { CountedMatters, countedIn } from './counted';
import { useEveryRow, useRound } from './hooks';
import { Lines } from './lines';
import { LockRound } from './lock';
import './round.css';
import { RowTable } from './row_table';
import { countsIn, type RowFilter, rowFilters, stateOf } from './say';

export function Component() {
  const { id = '' } = useParams();
  const round = useRound(id);
  return (
    <div className="page">
      <Loaded of={round} lines={14}>
        {(one) => <Shown round={one} />}
      </Loaded>
    </div>
  );
}

function Shown({ round }: { round: RoundWhole }) {
  const [search, setSearch] = useSearchParams();
  const names = round.whole
    ? (['agenda', 'lines', 'rows'] as const)
    : (['lines', 'leads', 'rows'] as const);
  const wanted = search.get('view');
  const shown = [...names].find((one) => one === wanted) ?? names[0];
  const counted = round.whole && wanted === 'counted' ? countedIn(search.get('of')) : undefined;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>
            {round.name}{' '}
            <span className={`tag ${round.locked ? '' : 'plan'}`}>{stateOf(round)}</span>
          </h1>
          <p className="muted">
            {nameOf(round.unit)} · {round.types.map((type) => type.title).join(comma())} ·{' '}
            {t('round.cutoff_on', { day: fullDay(round.cutoff) })}
            {round.locked_at
              ? ` · ${t('round.locked_at', {
                  at: instant(round.locked_at),
                  by: round.locked_by_name ?? '',
                })}`
              : ''}
          </p>
        </div>
        <div className="row">
          {round.whole ? (
            <ButtonLink to={`/rounds/${round.id}/print`} icon="print">
              {t('round.print')}
            </ButtonLink>
          ) : null}
          {round.may_lock ? <LockRound round={round} /> : null}
        </div>
      </div>
      {round.lock_reason ? (
        <p className="notice">{t('round.lock_reason', { reason: round.lock_reason })}</p>
      ) : null}
      <Tabs
        names={names}
        shown={shown}
        onShow={(one) => setSearch({ view: one }, { replace: true })}
      >
        {(one) => t(`round.tab.${one}`)}
      </Tabs>
      {shown === 'lines' ? <Lines round={round} /> : null}
      {shown === 'rows' ? <AllRows round={round} /> : null}
      {counted ? <CountedMatters round={round} of={counted} /> : null}
      {!counted && (shown === 'agenda' || shown === 'leads') ? <Agenda round={round} /> : null}
      <p className="as-of">{t('state.as_of', { at: instant(round.as_of.known_at) })}</p>
    </>
  );
}

// By the figure that was opened, and of one lead unit where its number was.
function AllRows({ round }: { round: RoundWhole }) {
  const rows = useEveryRow(round.id);
  const types = useMatterTypes();
  const [search, setSearch] = useSearchParams();
  const shown = rowFilters.find((one) => one === search.get('of'));
  const lead = search.get('lead');
  const leads = round.leads.filter((one) => one.unit.id === lead);
  const show = (of: RowFilter | undefined, at: string | null) => {
    const next = { ...(of ? { of } : {}), ...(at ? { lead: at } : {}) };
    setSearch({ view: 'rows', ...next }, { replace: true });
  };
  return (
    <Loaded of={rows}>
      {(data) => {
        const items = data.items.filter((row) => lead === null || row.lead_unit.id === lead);
        return data.items.length === 0 ? (
          <section className="card">
            <Empty name="round_rows" icon="ledger" />
          </section>
        ) : (
          <div className="stack round-rows">
            {leads.map((one) => (
              <p key={one.unit.id} className="row">
                <span>{t('round.of_lead', { unit: nameOf(one.unit) })}</span>
                <Button look="quiet" onClick={() => show(shown, null)}>
                  {t('round.of_all_leads')}
                </Button>
              </p>
            ))}
            <RowFigures rows={items} shown={shown} show={(of) => show(of, lead)} />
            <RowTable
              rows={shown ? items.filter(countsIn[shown]) : items}
              types={types.data?.items}
            />
          </div>
        );
      }}
    </Loaded>
  );
}

function RowFigures(props: {
  rows: RoundRow[];
  shown: RowFilter | undefined;
  show: (name: RowFilter | undefined) => void;
}) {
  const { rows, shown, show } = props;
  const chip = (name: RowFilter | undefined, what: string, n: number) => (
    <button
      key={what}
      type="button"
      className="chip num"
      aria-pressed={shown === name}
      onClick={() => show(name)}
    >
      {t('round.completion_n', { what, n })}
    </button>
  );
  return (
    <div className="row" role="group" aria-label={t('round.figures')}>
      {chip(undefined, t('matter.list.all'), rows.length)}
      {rowFilters.map((name) => {
        const n = rows.filter(countsIn[name]).length;
        return name === 'changed' && n === 0 ? null : chip(name, t(`round.figure.${name}`), n);
      })}
    </div>
  );
}
