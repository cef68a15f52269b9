// Which column of a sheet is which field: as it was found, to be looked over and changed.
import { Select } from 'antd';
import type { LedgerColumns, MatterType } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { Wrap } from '@/ui/wrap';
import { headOf } from './template';

const own: Record<string, () => string> = {
  ':number': headOf.number,
  ':id': headOf.id,
  ':version': headOf.version,
  ':unit': headOf.unit,
  ':due': headOf.due,
};

export const titleOfTarget = (type: MatterType, target: string): string =>
  own[target]?.() ?? type.fields.find((field) => field.name === target)?.title ?? target;

type Props = {
  type: MatterType;
  of: LedgerColumns;
  set: (columns: LedgerColumns) => void;
  head: (line: number) => void;
};

export function Columns({ type, of, set, head }: Props) {
  const taken = new Set(of.columns.map((one) => one.target));
  const choose = (at: number, target: string) =>
    set({
      ...of,
      columns: of.columns.map((one, i) =>
        i === at
          ? { ...one, target, found: 'said' as const }
          : // One column for one field.
            one.target === target && target !== '-'
            ? { ...one, target: '-', found: 'said' as const }
            : one,
      ),
    });
  const missing = type.fields.filter((field) => field.required && !taken.has(field.name));
  return (
    <div className="stack">
      <div className="row between">
        <strong>{t('matter.import.columns')}</strong>
        <span className="row small muted">
          <label htmlFor="head-line">{t('matter.import.head_line')}</label>
          <input
            id="head-line"
            className="text num"
            type="number"
            min={1}
            style={{ width: 72 }}
            value={of.head}
            onChange={(event) => {
              const line = Number(event.target.value);
              if (line >= 1) head(line);
            }}
          />
          <span>{t('matter.import.rows', { n: of.rows })}</span>
        </span>
      </div>
      {missing.length > 0 && !taken.has(':id') ? (
        <p className="notice warn">
          {t('matter.import.missing', {
            fields: missing.map((field) => field.title).join(t('list.comma')),
          })}
        </p>
      ) : null}
      <Wrap label={t('matter.import.columns')}>
        <table className="table import-columns-table">
          <thead>
            <tr>
              <th scope="col">{t('matter.import.column')}</th>
              <th scope="col">{t('matter.import.target')}</th>
              <th scope="col">{t('matter.import.sample')}</th>
            </tr>
          </thead>
          <tbody>
            {of.columns.map((one, i) => (
              <tr key={one.letters}>
                <td>
                  <span className="muted num small">{one.letters}</span> {one.heading}
                </td>
                <td>
                  <Select
                    aria-label={t('matter.import.target_of', { column: one.heading })}
                    style={{ width: 190 }}
                    value={one.target ?? '-'}
                    options={of.targets.map((target) => ({
                      value: target,
                      label:
                        target === '-' ? t('matter.import.left_out') : titleOfTarget(type, target),
                    }))}
                    onChange={(target) => choose(i, target)}
                  />{' '}
                  {one.found === 'said' ? null : (
                    <span className={`small ${one.found === 'similar' ? 'look-at' : 'muted'}`}>
                      {wordOf('matter.import.found', one.found)}
                    </span>
                  )}
                </td>
                <td className="small muted">
                  <span className="two-lines">{one.samples.join(' · ')}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wrap>
    </div>
  );
}
