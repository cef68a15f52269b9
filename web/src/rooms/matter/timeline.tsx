// Everything that happened to a matter in one line of time, newest first: who, when, what, why.
import { Link } from 'react-router';
import type { MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, instant } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { FileName } from '@/rooms/record/fields';
import { stateIn } from './say';
import type { Step } from './types';

// By name where it is open, otherwise by the number that the journal knows the account under.
export const whoOf = (step: Step): string =>
  step.by_name ?? (step.by ? t('matter.account', { id: step.by }) : t('matter.program'));

export const whatOf = (step: Step): string => {
  if (step.kind === 'moved') return step.title ?? step.move ?? '';
  if (step.parent?.to) return t('matter.step.grouped');
  if (step.parent) return t('matter.step.ungrouped');
  if (!step.deed) return t(`matter.step.${step.kind}`);
  const words = {
    clock: step.deed.clock_title,
    rung: step.deed.rung_title ?? '',
    until: step.deed.until ?? '',
    found: step.deed.found_title ?? '',
    other: step.deed.other ?? '',
    units: step.deed.units.map(nameOf).join(comma()),
  };
  const sent = step.deed.kind === 'step_signed' && step.deed.units.length > 0;
  if (sent) return t('matter.deed.step_sent', words);
  return t(`matter.deed.${step.deed.kind}`, words);
};

const day = (date: string | null) => date ?? t('matter.due.none');

function changesOf(step: Step, type: MatterType | undefined): string[] {
  const lines: string[] = [];
  const add = (what: string, from: string, to: string) =>
    lines.push(t('record.change', { what, from, to }));
  if (step.due) add(t('matter.due'), day(step.due.from), day(step.due.to));
  if (step.unit) add(t('matter.unit'), nameOf(step.unit.from), nameOf(step.unit.to));
  if (step.fields.length > 0 && step.kind !== 'opened') {
    const titles = step.fields.map(
      (name) => type?.fields.find((field) => field.name === name)?.title ?? name,
    );
    lines.push(t('matter.changed_fields', { fields: titles.join(comma()) }));
  }
  return lines;
}

export function Timeline(props: { of: MatterWhole; type: MatterType | undefined }) {
  const steps = [...props.of.timeline].reverse();
  return (
    <ol className="history">
      {steps.map((step) => (
        <li key={step.version}>
          <Entry step={step} type={props.type} />
        </li>
      ))}
    </ol>
  );
}

// The matters that this step was about beside this one.
function Others({ of: step }: { of: Step }) {
  const link = (id: string | null | undefined, say: (id: string) => string) =>
    id ? (
      <p key={id} className="small">
        <Link to={`/matters/${id}`}>{say(id)}</Link>
      </p>
    ) : null;
  return (
    <>
      {link(step.into?.to, (id) => t('matter.into.is', { id }))}
      {link(step.into?.to ? null : step.into?.from, (id) => t('matter.into.was', { id }))}
      {link(step.deed?.other, (id) => t('matter.other', { id }))}
      {link(step.parent?.to ?? step.parent?.from, (id) => t('matter.parent', { id }))}
    </>
  );
}

function Entry({ step, type }: { step: Step; type: MatterType | undefined }) {
  const moved = step.from !== null && step.from !== step.to;
  return (
    <div style={{ gridColumn: 2, gridRow: 1 }}>
      <p>
        <strong>{whatOf(step)}</strong>
        {moved || step.kind === 'opened' ? (
          <span className="muted small"> → {stateIn(type, step.to)}</span>
        ) : null}
      </p>
      <p className="small muted">
        {whoOf(step)} · {instant(step.at)} · {t('record.journal', { n: step.journal })}
      </p>
      {step.reason ? <p className="matter-reason">{step.reason}</p> : null}
      <Others of={step} />
      <ul className="small">
        {changesOf(step, type).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {step.evidence.map((id) => (
          <li key={id}>
            {t('matter.evidence')} <FileName id={id} />
          </li>
        ))}
      </ul>
    </div>
  );
}
