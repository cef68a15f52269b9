// The rows of the ledger: a table on a desktop, cards on a phone.
import { Link } from 'react-router';
import type { Field, Matter, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { nameOf } from '@/rooms/org/unit_name';
import { usePhone } from '@/ui/look';
import { Wrap } from '@/ui/wrap';
import { completionText } from './completion';
import { Due, StateMark } from './marks';
import { unitNamesIn } from './names';
import { contentOf, plain } from './say';

type Props = {
  items: Matter[];
  types: MatterType[];
  type: MatterType | undefined; // when all rows are of it
  columns: Field[];
  pick?: Pick; // absent: nothing can be done with many
};

// Which rows are ticked.
export type Pick = {
  has: (id: string) => boolean;
  toggle: (ids: string[], on: boolean) => void;
};

const typeOf = (types: MatterType[], matter: Matter) =>
  types.find((one) => one.name === matter.type);

// What a screen holds without sliding sideways keeps its head in sight.
const columnsThatFit = 4;

export function LedgerRows(props: Props) {
  const phone = usePhone();
  if (phone) return <Cards {...props} />;
  const table = <Table {...props} names={unitNamesIn(props.items)} />;
  if (props.columns.length <= columnsThatFit) return <div className="card fits">{table}</div>;
  return <Wrap label={t('place.ledger')}>{table}</Wrap>;
}

function Tick(props: { pick: Pick; ids: string[]; label: string }) {
  const { pick, ids } = props;
  return (
    <input
      type="checkbox"
      aria-label={props.label}
      checked={ids.length > 0 && ids.every(pick.has)}
      onChange={(event) => pick.toggle(ids, event.target.checked)}
    />
  );
}

function Table({
  items,
  types,
  type,
  columns,
  names,
  pick,
}: Props & { names: Map<string, string> }) {
  return (
    <table className={`table ledger-table ${columns.length > columnsThatFit ? 'wide' : ''}`}>
      <thead>
        <tr>
          {pick ? (
            <th scope="col" className="w-tick">
              <Tick
                pick={pick}
                ids={items.map((one) => one.id)}
                label={t('matter.batch.tick_all')}
              />
            </th>
          ) : null}
          <th scope="col" className="w-number">
            {t('record.number')}
          </th>
          <th scope="col" className="w-content">
            {t('matter.content')}
          </th>
          <th scope="col" className="w-unit">
            {t('matter.unit')}
          </th>
          {columns.map((field) => (
            <th key={field.name} scope="col">
              {field.title}
            </th>
          ))}
          <th scope="col" className="w-due">
            {t('matter.due')}
          </th>
          <th scope="col" className="w-state">
            {t('matter.state')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id} className={one.overdue ? 'late' : undefined}>
            {pick ? (
              <td>
                <Tick pick={pick} ids={[one.id]} label={t('matter.batch.tick', { id: one.id })} />
              </td>
            ) : null}
            <td className="num muted">{one.number ?? one.id}</td>
            <td>
              <Link to={`/matters/${one.id}`} className="two-lines">
                {contentOf(one, typeOf(types, one))}
              </Link>
              {type ? null : <span className="small muted">{one.type_title}</span>}
              <Hanging matter={one} />
            </td>
            <td>
              <span className="two-lines">{nameOf(one.unit)}</span>
            </td>
            {columns.map((field) => {
              const text = plain(field, one.fields[field.name], names);
              return (
                <td key={field.name}>
                  <span className="two-lines" title={text.length > 40 ? text : undefined}>
                    {text}
                  </span>
                </td>
              );
            })}
            <td>
              <Due matter={one} />
            </td>
            <td>
              <StateMark matter={one} />
              <span className="small muted completion">
                {completionText(one, typeOf(types, one))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// What was merged into it and what is below it, where there is any.
function Hanging({ matter }: { matter: Matter }) {
  const parts = [
    matter.merged_count > 0 ? t('matter.merged.n', { n: matter.merged_count }) : '',
    matter.below_count > 0 ? t('matter.below.n', { n: matter.below_count }) : '',
    matter.into ? t('matter.into.is', { id: matter.into }) : '',
    matter.parent ? t('matter.parent', { id: matter.parent }) : '',
  ].filter(Boolean);
  return parts.length > 0 ? <span className="small muted hanging">{parts.join(' · ')}</span> : null;
}

function Cards({ items, types, type }: Props) {
  return (
    <ul className="card lines cards">
      {items.map((one) => (
        <li key={one.id}>
          <Link to={`/matters/${one.id}`}>
            <span className="row between">
              <StateMark matter={one} />
              <span className="small muted num">{one.id}</span>
            </span>
            <strong className="two-lines">{contentOf(one, typeOf(types, one))}</strong>
            <span className="small muted">
              {nameOf(one.unit)}
              {type ? '' : ` · ${one.type_title}`}
            </span>
            <Hanging matter={one} />
            <Due matter={one} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
