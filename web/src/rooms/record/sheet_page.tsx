// The A4 sheet for the binder, with lines for signatures.
import { useParams } from 'react-router';
import { useGet } from '@/api/hooks';
import type { Record as Entry, RollList } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, fullDay, instant } from '@/i18n/format';
import { Button, ButtonLink } from '@/ui/button';
import { Bones, Loaded } from '@/ui/states';
import { say } from './say';
import './record.css';
import { typeTitle, useRecordTypes } from './types';

export function Component() {
  const { id = '' } = useParams();
  const record = useGet<Entry>(`/records/${id}`);
  return (
    <main>
      <div className="row no-print" style={{ padding: 12, justifyContent: 'center' }}>
        <Button look="main" icon="print" onClick={() => window.print()}>
          {t('record.sheet.print')}
        </Button>
        <ButtonLink to={`/records/${id}`}>{t('act.back')}</ButtonLink>
      </div>
      <Loaded of={record}>{(one) => <Paper record={one} />}</Loaded>
    </main>
  );
}

// Room for four more at least, and no row of the four columns is left open.
const blanks = (names: number) => 4 + ((4 - (names % 4)) % 4);

function Paper({ record }: { record: Entry }) {
  const types = useRecordTypes();
  const roll = useGet<RollList>(`/units/${record.units[0]}/roll`, { on: record.date, limit: 500 });
  // The page is drawn once it is whole; whoever may not read the roll has one without names.
  if (types.isPending || roll.isPending) return <Bones lines={20} />;
  const there = new Set(record.present);
  const members = roll.data?.items ?? [];
  const planned = record.state === 'planned';
  const signing = members.filter((member) => planned || there.has(member.person));
  const kinds = record.types.map((type) => typeTitle(types.data?.items, type)).join(comma());
  const lines: [string, string][] = [
    [t('record.units'), record.unit_names.filter(Boolean).join(comma())],
    [t('record.date'), fullDay(record.date)],
    [t('record.place'), record.place],
    [t('sheet.chair'), ''],
    [t('sheet.recorder'), ''],
    [
      t('sheet.attendance'),
      planned || members.length === 0
        ? t('sheet.blank_attendance')
        : t('present.count', { there: record.present_count, roll: members.length }),
    ],
    [t('record.content'), say(record, types.data?.items)],
  ];
  return (
    <article className="paper">
      <h1>{t('sheet.title', { kinds })}</h1>
      <table>
        <tbody>
          {lines.map(([head, text]) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h2 style={{ marginTop: '6mm' }}>{t('sheet.sign')}</h2>
      <div className="sign">
        {signing.map((member) => (
          <span key={member.person}>{member.name}</span>
        ))}
        {Array.from({ length: blanks(signing.length) }, (_, i) => (
          <span key={`blank ${i}`} />
        ))}
      </div>
      <p style={{ marginTop: '6mm', fontSize: '9pt' }}>
        {t('sheet.foot', { id: record.id, version: record.version, at: instant(record.entered) })}
      </p>
    </article>
  );
}
