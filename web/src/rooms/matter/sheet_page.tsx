// A paper that a pack declares, filled in from the matter and signed by hand. Its number is left
// blank: the registry gives it.
import { useParams } from 'react-router';
import { useGet } from '@/api/hooks';
import type { MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, daysBetween, fullDay, instant, semicolon } from '@/i18n/format';
import { useMe } from '@/app/session';
import { nameOf } from '@/rooms/org/unit_name';
import { FileName } from '@/rooms/record/fields';
import '@/rooms/record/record.css';
import { Button, ButtonLink } from '@/ui/button';
import { Empty, Loaded } from '@/ui/states';
import './matter.css';
import { unitNamesIn } from './names';
import { isExtended, plain, stateText, outcomeText } from './say';
import { useMatterTypes } from './types';

type Sheet = MatterType['sheets'][number];

export function Component() {
  const { id = '', sheet = '' } = useParams();
  const matter = useGet<MatterWhole>(`/matters/${id}`);
  const types = useMatterTypes();
  return (
    <main>
      <div className="row no-print" style={{ padding: 12, justifyContent: 'center' }}>
        <Button look="main" icon="print" onClick={() => window.print()}>
          {t('record.sheet.print')}
        </Button>
        <ButtonLink to={`/matters/${id}`}>{t('act.back')}</ButtonLink>
      </div>
      <Loaded of={matter}>
        {(one) => {
          const type = types.data?.items.find((each) => each.name === one.type);
          const found = type?.sheets.find((each) => each.name === sheet);
          if (!types.data) return null;
          if (!type || !found) return <Empty name="matter_sheet" icon="print" />;
          return <Paper matter={one} type={type} sheet={found} />;
        }}
      </Loaded>
    </main>
  );
}

function dueText(matter: MatterWhole, today: string): string {
  if (!matter.due) return '';
  const parts = [
    isExtended(matter) && matter.first_due
      ? t('matter.sheet.due_moved', { first: fullDay(matter.first_due), now: fullDay(matter.due) })
      : fullDay(matter.due),
    matter.is_open && matter.due < today
      ? t('matter.due.late', { days: daysBetween(matter.due, today) })
      : '',
  ];
  return parts.filter(Boolean).join(comma());
}

// Where its clocks stand, and the extension that waits for a decision.
function clockText(matter: MatterWhole): string {
  const waiting = matter.clocks.flatMap((clock) =>
    clock.extensions
      .filter((one) => one.waiting)
      .map((one) =>
        t('matter.sheet.extension', {
          clock: clock.title,
          on: fullDay(one.on),
          until: fullDay(one.until),
          reason: one.reason ?? '',
        }),
      ),
  );
  const standing = matter.clocks
    .filter((clock) => clock.due && (clock.status === 'running' || clock.status === 'expired'))
    .map((clock) =>
      t('matter.sheet.clock', { clock: clock.title, day: clock.due ? fullDay(clock.due) : '' }),
    );
  return (waiting.length > 0 ? waiting : standing).join(semicolon());
}

const titles: Record<string, () => string> = {
  unit: () => t('matter.unit'),
  opened: () => t('matter.opened'),
  due: () => t('matter.due'),
  state: () => t('matter.state'),
  outcome: () => t('matter.outcome'),
  reason: () => t('record.reason'),
  evidence: () => t('matter.evidence'),
  clock: () => t('matter.sheet.clocks'),
};

function Paper({ matter, type, sheet }: { matter: MatterWhole; type: MatterType; sheet: Sheet }) {
  const me = useMe();
  const names = unitNamesIn([matter]);
  const people = new Map(
    matter.roles.flatMap((role) => role.persons.map((person, i) => [person, role.names[i]])),
  );
  const header: Record<string, React.ReactNode> = {
    unit: nameOf(matter.unit),
    opened: fullDay(matter.opened),
    due: dueText(matter, me.data?.today ?? ''),
    state: stateText(matter),
    outcome: matter.outcome ? outcomeText(matter.outcome) : '',
    reason: matter.timeline.findLast((step) => step.reason)?.reason ?? '',
    evidence: (
      <ul>
        {matter.evidence.map((file) => (
          <li key={file}>
            <FileName id={file} />
          </li>
        ))}
      </ul>
    ),
    clock: clockText(matter),
  };
  const shown = (name: string): React.ReactNode => {
    const field = type.fields.find((one) => one.name === name);
    if (!field) return header[name] ?? '';
    const value = matter.fields[name];
    if ((field.of ?? field.type) === 'person') {
      const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
      return all.map((one) => people.get(String(one)) ?? t('record.hidden')).join(comma());
    }
    if (Array.isArray(value) && field.of === 'text') {
      return (
        <ol>
          {value.map((one, i) => (
            <li key={i}>{String(one)}</li>
          ))}
        </ol>
      );
    }
    return plain(field, value, names);
  };
  const titleOf = (name: string) =>
    type.fields.find((one) => one.name === name)?.title ?? titles[name]?.() ?? name;
  return (
    <article className="paper matter-paper">
      <h1>{sheet.title}</h1>
      <p className="paper-number">
        <span>{t('matter.sheet.of', { type: type.title, id: matter.number ?? matter.id })}</span>
        <span>{t('matter.sheet.number')}</span>
      </p>
      <table>
        <tbody>
          {sheet.fields.map((name) => (
            <tr key={name}>
              <th scope="row">{titleOf(name)}</th>
              <td>{shown(name)}</td>
            </tr>
          ))}
          {sheet.blanks.map((blank) => (
            <tr key={blank.name} className="paper-blank">
              <th scope="row">{blank.title}</th>
              <td>{t('matter.sheet.sign')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sheet.guide ? <p className="paper-guide">{sheet.guide}</p> : null}
      <p className="paper-foot">
        {t('matter.sheet.foot', {
          id: matter.id,
          version: matter.version,
          at: instant(matter.as_of.known_at),
        })}
      </p>
    </article>
  );
}
