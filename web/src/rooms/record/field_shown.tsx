// A field with its value as it is read, whatever type the pack declared.
import { Link } from 'react-router';
import type { Field, NamedUnit } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, fullDay } from '@/i18n/format';
import { nameOf, UnitName } from '@/rooms/org/unit_name';
import { FileName } from './fields';

// `units`: those that are known already by name, as far as it is open.
export function FieldShown(props: {
  field: Field;
  value: unknown;
  people: (person: string) => string;
  units?: Map<string, NamedUnit>;
}) {
  const { field, value } = props;
  const kind = field.type === 'set' || field.type === 'list' ? field.of : field.type;
  const items = Array.isArray(value) ? value : [value];
  return (
    <>
      <dt>{field.title}</dt>
      <dd>
        {kind === 'text' && items.length > 1 ? (
          <ol>
            {items.map((item, i) => (
              <li key={String(item)}>
                {i + 1}. {String(item)}
              </li>
            ))}
          </ol>
        ) : (
          items.map((item, i) => (
            <span key={String(item)}>
              {i > 0 ? comma() : ''}
              <Single
                kind={kind ?? 'text'}
                item={item}
                field={field}
                people={props.people}
                units={props.units}
              />
            </span>
          ))
        )}
      </dd>
    </>
  );
}

function Single(props: {
  kind: string;
  item: unknown;
  field: Field;
  people: (id: string) => string;
  units: Map<string, NamedUnit> | undefined;
}) {
  const { kind, item, field } = props;
  if (item === null) return <span className="muted">{t('record.hidden')}</span>;
  const text = String(item);
  if (kind === 'bool') return <>{t(item ? 'field.yes' : 'field.no')}</>;
  if (kind === 'enum') return <>{field.words.find((word) => word.code === text)?.title ?? text}</>;
  if (kind === 'person') return <>{props.people(text)}</>;
  const unit = kind === 'unit' ? props.units?.get(text) : undefined;
  if (unit) return unit.name ? <Link to={`/units/${text}`}>{unit.name}</Link> : <>{nameOf(unit)}</>;
  if (kind === 'unit') return <UnitName id={text} />;
  if (kind === 'file') return <FileName id={text} />;
  if (kind === 'ref') return <Link to={`/records/${text}`}>{text}</Link>;
  if (kind === 'date') return <>{fullDay(text)}</>;
  return <>{text}</>;
}
