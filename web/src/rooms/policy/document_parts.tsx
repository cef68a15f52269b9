// Beside the text of a document: clauses that nothing declares, and how the text was read.
import type { Coverage, CoveredClause, DocumentClauses, DocumentRepair } from '@/api/types';
import { t, wordOf } from '@/i18n/i18n';
import { comma } from '@/i18n/format';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Empty } from '@/ui/states';
import { Hole } from './clause_list';
import { documentTitle } from './document_title';

const answerOf = (one: CoveredClause) =>
  one.left ? t(`coverage.${one.left}`) : t('coverage.unanswered');

const leftColumns = (): TableColumn<CoveredClause>[] => [
  { head: t('policy.clause'), num: true, cell: (one) => one.id, value: (one) => one.id },
  { head: t('policy.at'), num: true, cell: (one) => one.at, value: (one) => one.at },
  {
    head: t('coverage.why_left'),
    cell: (one) => <span className={`tag ${one.left ? '' : 'warn'}`}>{answerOf(one)}</span>,
    value: answerOf,
  },
  { head: t('coverage.reason'), cell: (one) => one.reason, value: (one) => one.reason ?? '' },
  {
    head: t('policy.hole'),
    cell: (one) => (one.hole ? <Hole kind={one.hole} shown="" /> : null),
    value: (one) => (one.hole ? wordOf('hole', one.hole) : ''),
  },
];

const declaredColumn = (): TableColumn<CoveredClause> => ({
  head: t('coverage.declarations'),
  cell: () => null,
  value: (one) => one.declarations.map((found) => found.title).join(comma()),
});

export function LeftExport({ coverage }: { coverage: Coverage }) {
  const columns = leftColumns();
  return (
    <ExportButton
      name={`${documentTitle(coverage)} ${t('document.coverage')}`}
      columns={[...columns.slice(0, 2), declaredColumn(), ...columns.slice(2)]}
      rows={coverage.clauses}
      asOf={coverage.as_of}
      filter={coverage.packs.map((pack) => pack.title)}
    />
  );
}

export function LeftClauses({ clauses }: { clauses: CoveredClause[] }) {
  if (clauses.length === 0) return <Empty name="left" icon="check" />;
  return (
    <DataTable
      label={t('document.part.left')}
      columns={leftColumns()}
      rows={clauses}
      keyOf={(one) => one.id}
    />
  );
}

const repairColumns = (text: DocumentClauses): TableColumn<DocumentRepair>[] => {
  const clauseOf = (one: DocumentRepair) =>
    text.clauses.find(
      (clause) =>
        (clause.raw[0] ?? 0) <= (one.raw[0] ?? 0) && (one.raw[1] ?? 0) <= (clause.raw[1] ?? 0),
    )?.path ?? t('document.outside');
  return [
    { head: t('policy.clause'), num: true, cell: clauseOf, value: clauseOf },
    {
      head: t('document.repair'),
      cell: (one) => wordOf('repair', one.rule),
      value: (one) => wordOf('repair', one.rule),
    },
    {
      head: t('document.removed'),
      cell: (one) => (one.removed ? <del>{one.removed}</del> : null),
      value: (one) => one.removed,
    },
    {
      head: t('document.inserted'),
      cell: (one) => (one.inserted ? <ins>{one.inserted}</ins> : null),
      value: (one) => one.inserted,
    },
  ];
};

export function Reading({ text }: { text: DocumentClauses }) {
  const { document } = text;
  const facts: [string, string][] = [
    [t('document.file'), document.name],
    [t('document.encoding'), document.encoding],
    [t('document.hash'), document.hash],
    ...Object.entries(document.metadata).map(([name, value]): [string, string] => [
      wordOf('document.metadata', name),
      String(value),
    ]),
  ];
  return (
    <div className="stack" style={{ gap: 16 }}>
      <dl className="facts card pad">
        {facts.map(([name, value]) => [
          <dt key={`${name} name`}>{name}</dt>,
          <dd key={name} className="breaks">
            {value}
          </dd>,
        ])}
      </dl>
      {document.holes.length > 0 ? (
        <p className="notice warn">
          {t('document.holes_outside')}{' '}
          {document.holes.map((one) => wordOf('hole', one.kind)).join(comma())}
        </p>
      ) : null}
      {text.repairs.length === 0 ? (
        <p className="muted">{t('document.no_repairs')}</p>
      ) : (
        <DataTable
          label={t('document.repairs')}
          columns={repairColumns(text)}
          rows={text.repairs}
          keyOf={(one) => `${one.rule} ${one.raw.join()}`}
        />
      )}
    </div>
  );
}
