// What was decided: who does what by when, and what became of it. Typed on the spot.
import { DatePicker, Select } from 'antd';
import { useState } from 'react';
import { usePost } from '@/api/hooks';
import type { RoundTask, RoundTaskDecided, RoundWhole } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { addDays, fullDay, instant } from '@/i18n/format';
import { useMatterTypes } from '@/rooms/matter/types';
import { nameOf } from '@/rooms/org/unit_name';
import { UnitSelect } from '@/rooms/org/unit_select';
import { Button } from '@/ui/button';
import { dayOf } from '@/ui/day';
import { Refusals } from '@/ui/states';
import { useRoundRows } from './hooks';
import { rowContent } from './say';

export function TaskState({ task }: { task: RoundTask }) {
  const look = task.done ? ['v-met', '●'] : task.late ? ['v-failed', '■'] : ['v-open', '○'];
  const last = task.reports.at(-1);
  return (
    <span>
      <span className={`verdict ${look[0]}`}>
        <i aria-hidden="true">{look[1]}</i>
        <span>
          {t(task.done ? 'round.task.done' : task.late ? 'round.task.late' : 'round.task.open')}
        </span>
      </span>
      {last ? (
        <span className="small muted" style={{ display: 'block' }}>
          {t(last.done ? 'round.task.reported' : 'round.task.returned', {
            said: last.said,
            at: instant(last.at),
          })}
        </span>
      ) : null}
    </span>
  );
}

export function Tasks({ tasks }: { tasks: RoundTask[] }) {
  return (
    <ul className="lines tasks">
      {tasks.map((task) => (
        <li key={`${task.round} ${task.n}`}>
          <div className="grow">
            <p>
              <span className="num muted">{task.n}</span> {task.said}
            </p>
            <p className="small muted">
              {nameOf(task.unit)} ·{' '}
              <span className="num">{t('round.task.by', { day: fullDay(task.due) })}</span>
              {task.matter ? ` · ${task.matter}` : ''}
            </p>
          </div>
          <TaskState task={task} />
          <TaskReport task={task} />
        </li>
      ))}
    </ul>
  );
}

function TaskReport({ task }: { task: RoundTask }) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('');
  const report = usePost<unknown>(`/rounds/${task.round}/tasks/${task.n}/reports`);
  if (!task.may_report && !task.may_return) return null;
  const done = task.may_report;
  const label = t(done ? 'round.task.report' : 'round.task.return');
  const box = `report-${task.round}-${task.n}`;
  if (!open) return <Button onClick={() => setOpen(true)}>{label}</Button>;
  return (
    <form
      className="stack grow"
      onSubmit={(event) => {
        event.preventDefault();
        report.mutate(
          { body: { done, said: said.trim() } },
          {
            onSuccess: () => {
              setOpen(false);
              setSaid('');
            },
          },
        );
      }}
    >
      <div className="field">
        <label htmlFor={box}>{t(done ? 'round.task.what_done' : 'round.task.why_not')}</label>
        <textarea
          id={box}
          className="text"
          rows={2}
          maxLength={1000}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
      </div>
      <Refusals error={report.error} />
      <div className="row">
        <Button type="submit" look="main" busy={report.isPending} disabled={!said.trim()}>
          {label}
        </Button>
        <Button onClick={() => setOpen(false)}>{t('act.cancel')}</Button>
      </div>
    </form>
  );
}

export function DecideForm({ round }: { round: RoundWhole }) {
  const { me } = useSession();
  const rows = useRoundRows(round.id, 'all');
  const types = useMatterTypes();
  const [said, setSaid] = useState('');
  const [matter, setMatter] = useState<string | null>(null);
  const [units, setUnits] = useState<string[]>([]);
  const [due, setDue] = useState(() => addDays(me.today, 14));
  const decide = usePost<RoundTaskDecided>(`/rounds/${round.id}/tasks`);
  const items = rows.data?.items ?? [];
  const choose = (id: string | undefined) => {
    setMatter(id ?? null);
    const row = items.find((one) => one.matter.id === id);
    // Who is responsible for it is the likeliest to get it.
    if (row?.line_unit.id && units.length === 0) setUnits([row.line_unit.id]);
  };
  return (
    <form
      className="body stack decide round-form"
      onSubmit={(event) => {
        event.preventDefault();
        decide.mutate(
          { body: { unit: units[0], due, said: said.trim(), ...(matter ? { matter } : {}) } },
          {
            onSuccess: () => {
              setSaid('');
              setMatter(null);
              setUnits([]);
            },
          },
        );
      }}
    >
      <h3>{t('round.decide')}</h3>
      <div className="field">
        <label htmlFor="decide-said">{t('round.decide_what')}</label>
        <textarea
          id="decide-said"
          className="text"
          rows={2}
          maxLength={1000}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="decide-matter">{t('round.decide_matter')}</label>
        <Select<string>
          id="decide-matter"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('round.decide_no_matter')}
          value={matter}
          options={items.map((row) => ({
            value: row.matter.id,
            label: `${row.matter.id} ${rowContent(row, types.data?.items)}`,
          }))}
          onChange={choose}
        />
      </div>
      <div className="pair">
        <div className="field">
          <label htmlFor="decide-unit">{t('round.decide_who')}</label>
          <UnitSelect id="decide-unit" value={units} change={setUnits} />
        </div>
        <div className="field">
          <label htmlFor="decide-due">{t('round.decide_by')}</label>
          <DatePicker
            id="decide-due"
            allowClear={false}
            value={dayOf(due)}
            minDate={dayOf(me.today)}
            onChange={(day) => setDue(day ? day.format('YYYY-MM-DD') : due)}
          />
        </div>
      </div>
      <Refusals error={decide.error} />
      <div>
        <Button
          type="submit"
          look="main"
          busy={decide.isPending}
          disabled={!said.trim() || units.length === 0}
        >
          {t('round.decide_submit')}
        </Button>
      </div>
    </form>
  );
}
