// The agenda of the meeting: how things stand against the round before, what was promised, who has
// confirmed, what is late, what is silent, what is worth raising, and what is decided now.
import { Link } from 'react-router';
import type { RoundFigures, RoundWhole } from '@/api/types';
import { usePost } from '@/api/hooks';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { nameOf } from '@/rooms/org/unit_name';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Loaded, Refusals } from '@/ui/states';
import { Numbers } from './counted';
import { type Only, useRoundRows } from './hooks';
import { RowTable } from './row_table';
import { raised, type RowFigure, rowFigures } from './say';
import { DecideForm, Tasks } from './tasks';

export function Agenda({ round }: { round: RoundWhole }) {
  return (
    <div className="stack agenda">
      {round.figures ? <Figures round={round} figures={round.figures} /> : null}
      {round.promised.length > 0 ? (
        <section className="card">
          <header>
            <h2>{t('round.promised')}</h2>
            <span className="muted num">
              {t('round.promised_n', {
                done: round.promised.filter((task) => task.done).length,
                all: round.promised.length,
              })}
            </span>
          </header>
          <Tasks tasks={round.promised} />
        </section>
      ) : null}
      <Leads round={round} />
      {round.whole ? (
        <>
          <Rows round={round} only="late" />
          <Rows round={round} only="silent" />
          <Rows round={round} only="worth" />
          {round.changed_since ? <Rows round={round} only="changed" /> : null}
        </>
      ) : null}
      <section className="card">
        <header>
          <h2>{t('round.tasks')}</h2>
        </header>
        {round.tasks.length > 0 ? (
          <Tasks tasks={round.tasks} />
        ) : (
          <p className="body muted">{t('round.tasks_none')}</p>
        )}
        {round.may_decide ? <DecideForm round={round} /> : null}
      </section>
    </div>
  );
}

// What a round froze before a figure was counted, it does not say.
export function figureList(figures: NonNullable<RoundFigures>): [RowFigure, number][] {
  return rowFigures.flatMap((name) => {
    const value = figures.rows[name];
    return value === undefined ? [] : [[name, value] as [RowFigure, number]];
  });
}

export function sinceText(figures: NonNullable<RoundFigures>): string {
  const { since } = figures;
  if (!since) return t('round.since_none');
  return t('round.since', {
    day: since.on,
    added: since.added,
    struck: since.struck_off,
    reopened: since.reopened,
    settled: since.settled,
  });
}

function Figures(props: { round: RoundWhole; figures: NonNullable<RoundFigures> }) {
  const { round, figures } = props;
  return (
    <section className="card" aria-label={t('round.figures')}>
      <header>
        <h2>{t('round.figures')}</h2>
        <span className="muted">
          {round.locked
            ? t('round.frozen', { at: instant(round.locked_at ?? '') })
            : t('round.not_frozen')}
        </span>
      </header>
      <div className="body stack">
        <dl className="round-figures">
          {figureList(figures).map(([name, value]) => (
            <div key={name} className={name === 'late' && value > 0 ? 'late' : undefined}>
              <dt>{t(`round.figure.${name}`)}</dt>
              <dd className="num">
                <Link
                  to={`/rounds/${round.id}?view=rows&of=${name}`}
                  aria-label={t('round.completion_n', {
                    what: t(`round.figure.${name}`),
                    n: value,
                  })}
                >
                  {value}
                </Link>
              </dd>
            </div>
          ))}
        </dl>
        <Numbers round={round} figures={figures} />
        {round.changed_since ? (
          <p className="notice warn">
            <Link className="changed-since" to={`/rounds/${round.id}?view=rows&of=changed`}>
              {t('round.changed', { n: round.changed_since })}
            </Link>
          </p>
        ) : null}
      </div>
    </section>
  );
}

type Lead = RoundWhole['leads'][number];

function LeadName({ lead }: { lead: Lead }) {
  return (
    <span>
      {nameOf(lead.unit)}
      {lead.is_office ? <span className="small muted"> {t('round.office_set')}</span> : null}
    </span>
  );
}

type Confirm = ReturnType<typeof usePost<unknown>>;

function LeadConfirmed({ lead, confirm }: { lead: Lead; confirm: Confirm }) {
  if (lead.confirmed) {
    const said = { by: lead.confirmed.by_name ?? '', at: instant(lead.confirmed.at) };
    return <span className="small">{t('round.confirmed_by', said)}</span>;
  }
  if (lead.may_confirm && !lead.is_office) {
    const press = () => confirm.mutate({ body: { lead: lead.unit.id } });
    return (
      <Button look="main" icon="check" busy={confirm.isPending} onClick={press}>
        {t('round.confirm')}
      </Button>
    );
  }
  const waits = lead.outdated ? t('round.outdated') : t('round.not_confirmed');
  return <span className="muted small">{lead.is_office ? t('round.confirm_by_lock') : waits}</span>;
}

// A number of a lead unit opens to the rows that it counts.
function LeadRows(props: { round: string; lead: Lead; of?: RowFigure; what: string; n: number }) {
  const { lead, of, what, n } = props;
  const query = new URLSearchParams({ view: 'rows', ...(of ? { of } : {}) });
  if (lead.unit.id) query.set('lead', lead.unit.id);
  const label = t('round.completion_n', { what: `${nameOf(lead.unit)} ${what}`, n });
  return (
    <Link to={`/rounds/${props.round}?${query.toString()}`} aria-label={label}>
      {n}
    </Link>
  );
}

const leadColumn = (
  round: string,
  what: string,
  of: RowFigure | undefined,
  count: (lead: Lead) => number,
): TableColumn<Lead> => ({
  head: what,
  num: true,
  end: true,
  cell: (lead) => (
    <LeadRows round={round} lead={lead} what={what} n={count(lead)} {...(of ? { of } : {})} />
  ),
});

const columnsOf = (round: string, confirm: Confirm): TableColumn<Lead>[] => [
  {
    head: t('round.lead'),
    cell: (lead) => <LeadName lead={lead} />,
  },
  leadColumn(round, t('round.lead_rows'), undefined, (lead) => lead.rows),
  leadColumn(round, t('round.lead_late'), 'late', (lead) => lead.late),
  leadColumn(round, t('round.lead_asked'), 'asked', (lead) => lead.asked),
  leadColumn(round, t('round.lead_missing'), 'unanswered', (lead) => lead.unanswered),
  {
    head: t('round.confirmed'),
    cell: (lead) => <LeadConfirmed lead={lead} confirm={confirm} />,
  },
];

function Leads({ round }: { round: RoundWhole }) {
  const confirm = usePost<unknown>(`/rounds/${round.id}/confirmation`);
  return (
    <section className="card">
      <header>
        <h2>{t('round.leads')}</h2>
      </header>
      <Refusals error={confirm.error} />
      <DataTable
        label={t('round.leads')}
        columns={columnsOf(round.id, confirm)}
        rows={round.leads}
        keyOf={(lead) => lead.unit.id ?? ''}
      />
    </section>
  );
}

function Rows({ round, only }: { round: RoundWhole; only: Exclude<Only, 'all' | 'asks'> }) {
  const list = useRoundRows(round.id, only);
  const types = useMatterTypes();
  return (
    <section className="card">
      <header>
        <h2>{t(`round.list.${only}`, { n: round.silent_days })}</h2>
        <span className="muted num">
          {only === 'worth' ? t('round.worth_text') : (list.data?.items.length ?? '')}
        </span>
      </header>
      <Loaded of={list} lines={3}>
        {(data) => {
          const rows = only === 'worth' ? raised(data.items) : data.items;
          return rows.length === 0 ? (
            <p className="body muted">{t('round.list_none')}</p>
          ) : (
            <RowTable
              rows={rows}
              types={types.data?.items}
              {...(only === 'worth' || only === 'silent' ? { why: only } : {})}
            />
          );
        }}
      </Loaded>
    </section>
  );
}
