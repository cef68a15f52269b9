// Simulation: what another value, or another version of a pack, would do on the data that is here,
// before anybody puts it in force.
import { useSearchParams } from 'react-router';
import type { SimulatedDuty, Simulation } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Empty, Refusals } from '@/ui/states';
import './policy.css';
import { refusalsOf, type Supposition, useSimulation } from './simulation';
import { SimulationDuty } from './simulation_duty';
import { SimulationForm } from './simulation_form';

export function Component() {
  const { start, busy, job, found, supposed, error } = useSimulation();
  const refused = refusalsOf(job);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('simulation.title')}</h1>
          <p>{t('simulation.text')}</p>
        </div>
      </div>
      <SimulationForm busy={busy} run={(next) => void start(next)} />
      <Refusals error={error} />
      {refused.length > 0 || job?.state === 'failed' ? (
        <div className="notice failed" role="alert">
          {refused.join(comma()) || t('state.failed_text')}
        </div>
      ) : null}
      {busy ? (
        <p role="status" className="muted" style={{ marginTop: 16 }}>
          {job?.steps_total
            ? t('simulation.progress', { done: job.steps_done, total: job.steps_total })
            : t('state.loading')}
        </p>
      ) : null}
      {found && supposed ? <Found found={found} supposed={supposed} /> : null}
    </div>
  );
}

const keyOf = (duty: SimulatedDuty) => `${duty.obligation} ${duty.period}`;

function Found({ found, supposed }: { found: Simulation; supposed: Supposition }) {
  const [search, setSearch] = useSearchParams();
  const duties = found.duties.filter((duty) => duty.judged > 0);
  if (duties.length === 0) return <Empty name="simulation" icon="policy" />;
  const opened = duties.find((duty) => keyOf(duty) === search.get('duty'));
  return (
    <section className="simulation-found" style={{ marginTop: 20 }}>
      <h2>{t('simulation.found', { changed: found.changed, judged: found.judged })}</h2>
      <p className="muted small">
        {t('simulation.evaluated', { evaluated: found.evaluated, on: found.on })}
      </p>
      <DataTable
        label={t('simulation.title')}
        columns={columns((duty) => setSearch({ duty: keyOf(duty) }, { replace: true }))}
        rows={duties}
        keyOf={keyOf}
      />
      {opened ? (
        <SimulationDuty
          duty={opened}
          supposed={supposed}
          close={() => setSearch({}, { replace: true })}
        />
      ) : null}
    </section>
  );
}

const columns = (open: (duty: SimulatedDuty) => void): TableColumn<SimulatedDuty>[] => [
  {
    head: t('policy.duty'),
    cell: (duty) => (
      <button type="button" className="link" onClick={() => open(duty)}>
        {duty.title}
      </button>
    ),
  },
  { head: t('simulation.period'), cell: (duty) => duty.period_title },
  { head: t('simulation.judged'), num: true, end: true, cell: (duty) => duty.judged },
  {
    head: t('simulation.changed'),
    num: true,
    end: true,
    cell: (duty) => <strong>{duty.changed}</strong>,
  },
  { head: t('simulation.newly'), num: true, end: true, cell: (duty) => duty.newly_owing },
  { head: t('simulation.less'), num: true, end: true, cell: (duty) => duty.no_longer_owing },
  {
    head: t('simulation.differing'),
    cell: (duty) => <code className="small">{duty.differing.join(' ')}</code>,
  },
];
