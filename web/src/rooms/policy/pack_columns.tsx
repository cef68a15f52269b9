// What a pack's duties, parameters, clauses and kinds of records show, on screen and on a sheet.
import { Link } from 'react-router';
import type { Obligation, PackClause, PackDetails, PackParameter, RecordType } from '@/api/types';
import { ClauseTag } from '@/rooms/compliance/explain';
import { t, wordOf } from '@/i18n/i18n';
import type { TableColumn } from '@/ui/data_table';
import { comma, semicolon } from '@/i18n/format';
import { documentPath } from './hooks';
import { valueText } from './values';

function ClauseTags({ of }: { of: (PackClause | string)[] }) {
  return (
    <span className="row" style={{ gap: 4 }}>
      {of.map((clause) => (
        <ClauseTag key={typeof clause === 'string' ? clause : clause.id} clause={clause} />
      ))}
    </span>
  );
}

function Named({ title, address }: { title: string; address: string }) {
  return (
    <span>
      <strong>{title}</strong>
      <span className="small muted" style={{ display: 'block' }}>
        {address}
      </span>
    </span>
  );
}

// The sentence begins with its clauses and its own title, which stand beside it.
export function without(sentence: string, title: string): string {
  const at = sentence.indexOf(title);
  const rest = at < 0 ? '' : sentence.slice(at + title.length);
  return /^[：:]/.test(rest) ? rest.slice(1).trimStart() : sentence;
}

export const obligationColumns = (): TableColumn<Obligation>[] => [
  {
    head: t('policy.duty'),
    cell: (duty) => <Named title={duty.title} address={duty.address} />,
    value: (duty) => duty.title,
  },
  {
    head: t('policy.says'),
    cell: (duty) => <span className="reading">{without(duty.sentence, duty.title)}</span>,
    value: (duty) => duty.sentence,
  },
  {
    head: t('policy.bearer'),
    cell: (duty) => wordOf('bearer', duty.bearer),
    value: (duty) => wordOf('bearer', duty.bearer),
  },
  {
    head: t('policy.clauses'),
    cell: (duty) => <ClauseTags of={duty.clauses} />,
    value: (duty) => duty.clauses.join(comma()),
  },
];

const valuesOf = (one: PackParameter) => [...one.values, ...one.decided];

export const parameterColumns = (): TableColumn<PackParameter>[] => [
  {
    head: t('policy.parameter'),
    cell: (one) => <Named title={one.title} address={one.address} />,
    value: (one) => one.title,
  },
  {
    head: t('policy.value'),
    cell: (one) => (
      <span className="values">
        {valuesOf(one).map((value) => (
          <span key={value.from} style={{ display: 'block' }}>
            <b>{valueText(value.value)}</b> {one.unit}{' '}
            <span className="muted small">{t('policy.from', { day: value.from })}</span>
          </span>
        ))}
      </span>
    ),
    value: (one) =>
      valuesOf(one)
        .map((value) => `${valueText(value.value)} (${value.from})`)
        .join(semicolon()),
  },
  {
    head: t('policy.basis'),
    cell: (one) => (
      <span className="row" style={{ gap: 4 }}>
        {[...new Set(valuesOf(one).map((value) => value.basis))].map((basis) => (
          <span key={basis} className={`tag ${basis === 'assumed' ? 'warn' : ''}`}>
            {wordOf('basis', basis)}
          </span>
        ))}
      </span>
    ),
    value: (one) => [...new Set(valuesOf(one).map((v) => wordOf('basis', v.basis)))].join(comma()),
  },
  {
    head: t('policy.reading'),
    cell: (one) => <span className="reading">{one.sentence}</span>,
    value: (one) => one.sentence,
  },
  {
    head: t('policy.review'),
    num: true,
    cell: (one) => one.review_by,
    value: (one) => one.review_by,
  },
];

export const clauseColumns = (pack: PackDetails): TableColumn<PackClause>[] => {
  const nameOf = (id: string) => pack.documents.find((one) => one.id === id)?.name ?? id;
  const declared = [...pack.obligations, ...pack.parameters, ...pack.record_types];
  const became = (clause: PackClause) =>
    [
      ...new Set(declared.filter((one) => one.clauses.includes(clause.id)).map((one) => one.title)),
    ].join(comma());
  return [
    { head: t('policy.clause'), num: true, cell: (one) => one.id, value: (one) => one.id },
    {
      head: t('policy.document'),
      num: true,
      cell: (one) => (
        <Link to={`${documentPath(nameOf(one.document))}?clause=${one.at ?? one.id}`}>
          {nameOf(one.document)}
        </Link>
      ),
      value: (one) => nameOf(one.document),
    },
    { head: t('policy.at'), num: true, cell: (one) => one.at, value: (one) => one.at },
    { head: t('policy.became'), cell: became, value: became },
    {
      head: t('policy.hole'),
      cell: (one) =>
        one.hole ? <span className="tag warn">{wordOf('hole', one.hole)}</span> : null,
      value: (one) => (one.hole ? wordOf('hole', one.hole) : ''),
    },
  ];
};

export const typeColumns = (): TableColumn<RecordType>[] => [
  {
    head: t('record.kinds'),
    cell: (type) => <Named title={type.title} address={type.name} />,
    value: (type) => type.title,
  },
  {
    head: t('policy.asks_for'),
    cell: (type) => (
      <span>
        {type.fields.map((field, i) => (
          <span key={field.name}>
            {i > 0 ? comma() : ''}
            {field.required ? <b>{field.title}</b> : field.title}
          </span>
        ))}
      </span>
    ),
    value: (type) => type.fields.map((field) => field.title).join(comma()),
  },
];
