// What an import would do or did, and what is wrong with a sheet: by row, and as the same sheet
// with one column more.
import { useState } from 'react';
import { Refused } from '@/api/client';
import type { LedgerImported, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { Button, ButtonLink } from '@/ui/button';
import { saveFile } from '@/ui/sheet';
import { Refusals } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import { titleOfTarget } from './import_columns';
import type { Upload } from './import_page';
import { byRow, placeOf, returnedSheet } from './sheet_return';

const shownAtOnce = 200;

export function Faults({ error, upload }: { error: unknown; upload: Upload | null }) {
  const [wrong, setWrong] = useState<unknown>(null);
  const faults = error instanceof Refused ? error.problem.refusals : [];
  const inRows = faults.filter((one) => placeOf(one.where) !== null);
  if (!(error instanceof Refused) || !upload || inRows.length === 0) {
    return <Refusals error={error} />;
  }
  const { columns, file } = upload;
  const headOf = (letters: string) =>
    columns.columns.find((one) => one.letters === letters)?.heading ?? letters;
  const rows = byRow(faults, headOf);
  const give = async () => {
    setWrong(null);
    try {
      const head = { row: columns.head, title: t('matter.import.faults_column') };
      const bytes = await returnedSheet(file, columns.sheet, head, rows);
      saveFile(t('matter.import.returned_name', { name: file.name }), bytes);
    } catch (fault) {
      setWrong(fault);
    }
  };
  return (
    <div className="stack" role="alert">
      <div className="notice failed row between">
        <span>{t('matter.import.faulty', { n: inRows.length, rows: rows.size })}</span>
        <Button icon="download" onClick={() => void give()}>
          {t('matter.import.give_back')}
        </Button>
      </div>
      {wrong ? <p className="notice warn">{t('matter.import.not_given_back')}</p> : null}
      <Wrap label={t('matter.import.faults_column')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('matter.import.row')}</th>
              <th scope="col">{t('matter.import.faults_column')}</th>
            </tr>
          </thead>
          <tbody>
            {[...rows].slice(0, shownAtOnce).map(([row, said]) => (
              <tr key={row}>
                <td className="num">{row || ''}</td>
                <td>
                  {said.map((one) => (
                    <p key={one}>{one}</p>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Wrap>
    </div>
  );
}

export function Outcome(props: { of: LedgerImported; type: MatterType; unit: string }) {
  const { of, type } = props;
  const figures = [
    ['created', of.created],
    ['changed', of.changed],
    ['unchanged', of.unchanged],
    ['existing', of.existing],
  ] as const;
  const differing = of.rows.filter((one) => one.differs.length > 0);
  return (
    <div className="stack">
      <div className="notice met" role="status">
        <strong>{t(of.dry_run ? 'matter.import.would' : 'matter.import.done')}</strong>
        <dl className="facts num">
          {figures.map(([name, value]) => [
            <dt key={`${name} name`}>{t(`matter.import.figure.${name}`)}</dt>,
            <dd key={name}>{value}</dd>,
          ])}
        </dl>
        {of.dry_run && of.created + of.changed === 0 ? <p>{t('matter.import.nothing')}</p> : null}
      </div>
      {differing.length > 0 ? (
        <details className="notice warn">
          <summary>{t('matter.import.differs', { n: differing.length })}</summary>
          <ul>
            {differing.slice(0, shownAtOnce).map((one) => (
              <li key={one.line}>
                {t('matter.import.differs_row', {
                  row: one.line,
                  number: one.number ?? '',
                  fields: one.differs.map((name) => titleOfTarget(type, name)).join(comma()),
                })}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {of.dry_run ? null : (
        <p>
          <ButtonLink to={`/matters?unit=${props.unit}&party=false&type=${type.name}`} look="main">
            {t('matter.import.to_ledger')}
          </ButtonLink>
        </p>
      )}
    </div>
  );
}
