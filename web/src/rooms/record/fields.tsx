// One component for every type of field that a pack can declare.
import { AutoComplete, DatePicker, InputNumber, Select } from 'antd';
import { useId, useState, type ReactNode, type TextareaHTMLAttributes } from 'react';
import { post } from '@/api/client';
import { useGet } from '@/api/hooks';
import type {
  Field,
  File as Attachment,
  Membership,
  PostList,
  RecordList,
  UnitList,
} from '@/api/types';
import { t } from '@/i18n/i18n';
import { UnitSelect } from '@/rooms/org/unit_select';
import { Button } from '@/ui/button';
import { dayOf } from '@/ui/day';
import { Icon } from '@/ui/icon';
import { Refusals } from '@/ui/states';
import { WordLines } from './word_lines';

// Of units those below the first are offered, or with `anywhere` none before one searches.
export type FieldContext = {
  units: string[];
  roll: Membership[];
  anywhere?: boolean;
  type?: string | undefined; // of a matter, whose fields may permit kinds of units
  named?: Record<string, string> | undefined; // units that it names already, by id
};
type Props = {
  field: Field;
  value: unknown;
  change: (value: unknown) => void;
  wrong?: string | undefined;
  context: FieldContext;
};

export function FieldBox(props: {
  id: string;
  title: string;
  required?: boolean;
  hint?: string | undefined;
  wrong?: string | undefined;
  group?: boolean;
  children: ReactNode;
}) {
  const { id } = props;
  const label = (
    <>
      {props.title}
      {props.required ? (
        <span className="must" title={t('field.required')} aria-hidden="true">
          *
        </span>
      ) : null}
    </>
  );
  return (
    <div
      className="field"
      role={props.group ? 'group' : undefined}
      aria-labelledby={props.group ? `${id}-label` : undefined}
    >
      {props.group ? (
        <span className="label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label htmlFor={id}>{label}</label>
      )}
      {props.children}
      {props.hint ? <span className="hint">{props.hint}</span> : null}
      {props.wrong ? (
        <span className="wrong" id={`${id}-wrong`}>
          {props.wrong}
        </span>
      ) : null}
    </div>
  );
}

// Of several controls; what is chosen from one box has that box's label.
const grouped = (field: Field) =>
  field.type === 'bool' ||
  (field.type === 'list' && ['text', 'enum', 'file'].includes(field.of ?? '')) ||
  (field.type === 'set' && field.of === 'enum') ||
  (field.type === 'enum' && field.words.length <= 6) ||
  field.type === 'file';

export function FieldInput(props: Props) {
  const id = useId();
  const { field, wrong } = props;
  return (
    <FieldBox
      id={id}
      title={field.title}
      required={field.required}
      wrong={wrong}
      group={grouped(field)}
    >
      <Control {...props} id={id} />
    </FieldBox>
  );
}

function Control(props: Props & { id: string }) {
  const { field, id, value, change, wrong } = props;
  const status = wrong ? ('error' as const) : ('' as const);
  switch (field.type) {
    case 'int':
      return (
        <InputNumber
          id={id}
          status={status}
          value={(value as number | undefined) ?? null}
          min={field.min ?? undefined}
          max={field.max ?? undefined}
          precision={0}
          inputMode="numeric"
          style={{ width: 160 }}
          onChange={change}
        />
      );
    case 'decimal':
      return (
        <InputNumber<string>
          id={id}
          status={status}
          stringMode
          value={(value as string | undefined) ?? null}
          min={field.min === null ? undefined : String(field.min)}
          max={field.max === null ? undefined : String(field.max)}
          inputMode="decimal"
          style={{ width: 160 }}
          onChange={(next) => change(next === null ? undefined : String(next))}
        />
      );
    case 'bool':
      return <YesNo value={value as boolean | undefined} change={change} />;
    case 'date':
      return (
        <DatePicker
          id={id}
          status={status}
          inputReadOnly
          value={value ? dayOf(value as string) : null}
          onChange={(day) => change(day ? day.format('YYYY-MM-DD') : undefined)}
        />
      );
    case 'instant':
      return (
        <DatePicker
          id={id}
          status={status}
          showTime={{ format: 'HH:mm' }}
          value={value ? dayOf(value as string) : null}
          onChange={(at) => change(at ? at.toISOString() : undefined)}
        />
      );
    case 'period':
      return (
        <input
          id={id}
          className="text"
          style={{ maxWidth: 220 }}
          value={(value as string | undefined) ?? ''}
          placeholder={t('field.period')}
          onChange={(event) => change(event.target.value)}
        />
      );
    case 'enum':
      return <Words {...props} many={false} />;
    case 'set':
      return field.of === 'enum' ? <Words {...props} many /> : <References {...props} many />;
    case 'list':
      return <List {...props} />;
    case 'file':
      return (
        <Files value={value ? [value as string] : []} max={1} change={(ids) => change(ids[0])} />
      );
    case 'person':
    case 'unit':
    case 'post':
    case 'ref':
      return <References {...props} many={false} />;
    default:
      return <Text {...props} />;
  }
}

// Grows with what is written, by the style sheet.
function TextArea({
  wrong,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & { wrong: boolean }) {
  return <textarea {...rest} className="text grows" aria-invalid={wrong || undefined} />;
}

function Text({ field, id, value, change, wrong }: Props & { id: string }) {
  const text = (value as string | undefined) ?? '';
  const common = {
    id,
    value: text,
    maxLength: field.max ?? undefined,
    'aria-describedby': wrong ? `${id}-wrong` : undefined,
    'aria-required': field.required,
  };
  return (field.max ?? 1000) > 60 ? (
    <TextArea
      {...common}
      rows={2}
      wrong={!!wrong}
      onChange={(event) => change(event.target.value)}
    />
  ) : (
    <input
      {...common}
      className="text"
      style={{ maxWidth: 320 }}
      aria-invalid={!!wrong || undefined}
      onChange={(event) => change(event.target.value)}
    />
  );
}

function YesNo(props: { value: boolean | undefined; change: (value: unknown) => void }) {
  return (
    <div className="row">
      {([true, false] as const).map((one) => (
        <button
          key={String(one)}
          type="button"
          className="chip"
          aria-pressed={props.value === one}
          onClick={() => props.change(props.value === one ? undefined : one)}
        >
          {t(one ? 'field.yes' : 'field.no')}
        </button>
      ))}
    </div>
  );
}

function Words({ field, id, value, change, wrong, many }: Props & { id: string; many: boolean }) {
  const chosen = many ? ((value as string[] | undefined) ?? []) : value ? [value as string] : [];
  if (field.words.length > 12 || (!many && field.words.length > 6)) {
    return (
      <Select
        id={id}
        status={wrong ? 'error' : ''}
        {...(many ? { mode: 'multiple' as const } : {})}
        value={many ? chosen : (chosen[0] ?? null)}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        options={field.words.map((word) => ({ value: word.code, label: word.title }))}
        onChange={(next) => change(next)}
      />
    );
  }
  const toggle = (code: string) => {
    if (!many) return change(chosen[0] === code ? undefined : code);
    change(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  };
  return (
    <div className="row">
      {field.words.map((word) => (
        <button
          key={word.code}
          type="button"
          className="chip"
          aria-pressed={chosen.includes(word.code)}
          onClick={() => toggle(word.code)}
        >
          {word.title}
        </button>
      ))}
    </div>
  );
}

function List(props: Props & { id: string }) {
  const { field, value, change } = props;
  const items = (value as unknown[] | undefined) ?? [];
  if (field.of === 'file') {
    return <Files value={items as string[]} max={field.max ?? 20} change={change} />;
  }
  if (field.of === 'enum') return <WordLines {...props} />;
  if (field.of !== 'text') return <References {...props} many />;
  const lines = items.length === 0 ? [''] : (items as string[]);
  const set = (index: number, text: string) =>
    change(lines.map((line, i) => (i === index ? text : line)));
  return (
    <div className="stack" style={{ gap: 8 }}>
      {lines.map((line, index) => (
        <div key={index} className="row" style={{ flexWrap: 'nowrap' }}>
          <span className="muted num">{index + 1}</span>
          <TextArea
            rows={1}
            aria-label={t('field.line', { title: field.title, n: index + 1 })}
            wrong={!!props.wrong}
            value={line}
            onChange={(event) => set(index, event.target.value)}
          />
          {lines.length > 1 ? (
            <button
              type="button"
              className="icon-button"
              aria-label={t('field.remove_line', { n: index + 1 })}
              onClick={() => change(lines.filter((_, i) => i !== index))}
            >
              <Icon name="close" size={16} />
            </button>
          ) : null}
        </div>
      ))}
      {lines.length < (field.max ?? 50) ? (
        <div>
          <Button icon="plus" onClick={() => change([...lines, ''])}>
            {t('field.add_line')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

// Persons of the roll and of the unit's posts, units, earlier records: each from where it can be chosen.
function References(props: Props & { id: string; many: boolean }) {
  const { field, id, value, change, context, many, wrong } = props;
  const kind = field.type === 'set' || field.type === 'list' ? field.of : field.type;
  const unit = context.units[0];
  const below = useGet<UnitList>(
    `/units/${unit}/children`,
    { limit: 500 },
    kind === 'unit' && !context.anywhere && !!unit,
  );
  const records = useGet<RecordList>(
    '/records',
    { unit, type: field.target, limit: 50 },
    kind === 'ref' && !!unit,
  );
  // A committee has no roll; whom it names holds a post in it.
  const posts = useGet<PostList>(`/units/${unit}/posts`, {}, kind === 'person' && !!unit);
  const options =
    kind === 'person'
      ? personsOf(context.roll, posts.data)
      : (records.data?.items ?? []).map((one) => ({
          value: one.id,
          label: t('record.line', { date: one.date, place: one.place }),
        }));
  if (kind === 'unit') {
    return (
      <UnitSelect
        id={id}
        many={many}
        wrong={!!wrong}
        value={many ? ((value as string[] | undefined) ?? []) : value ? [value as string] : []}
        change={(units) => change(many ? units : units[0])}
        below={below.data?.items}
        named={context.named}
        of={
          context.type
            ? { type: context.type, field: field.name, anywhere: field.words.length > 0 }
            : undefined
        }
      />
    );
  }
  if (kind === 'post') {
    return (
      <AutoComplete
        id={id}
        status={wrong ? 'error' : ''}
        value={(value as string | undefined) ?? ''}
        placeholder={t('field.post')}
        onChange={(next) => change(next || undefined)}
      />
    );
  }
  return (
    <Select
      id={id}
      status={wrong ? 'error' : ''}
      {...(many ? { mode: 'multiple' as const } : {})}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      style={{ maxWidth: 480 }}
      placeholder={t('field.choose')}
      value={(value as string | string[] | undefined) ?? (many ? [] : null)}
      options={options}
      onChange={(next) => change(next ?? undefined)}
    />
  );
}

function personsOf(roll: Membership[], posts: PostList | undefined) {
  const names = new Map<string, string>();
  for (const member of roll) names.set(member.person, member.name ?? member.person);
  for (const { holders } of posts?.items ?? []) {
    for (const one of holders) {
      if (one.person && one.name && !names.has(one.person)) names.set(one.person, one.name);
    }
  }
  return [...names].map(([value, label]) => ({ value, label }));
}

// Location and the like leave a photograph before it leaves the device: it is drawn anew.
async function withoutMetadata(file: globalThis.File): Promise<Blob> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, 2400 / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(
    Math.round(bitmap.width * scale),
    Math.round(bitmap.height * scale),
  );
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: file.type, quality: 0.85 });
}

export function Files(props: { value: string[]; max: number; change: (ids: string[]) => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [names, setNames] = useState<Record<string, string>>({});
  const add = async (files: FileList | null) => {
    setBusy(true);
    setError(null);
    try {
      const ids = [...props.value];
      for (const file of files ?? []) {
        const bytes = await withoutMetadata(file);
        const made = await post<Attachment>('/files', undefined, {
          query: { name: file.name },
          bytes,
        });
        ids.push(made.id);
        setNames((before) => ({ ...before, [made.id]: file.name }));
      }
      props.change([...new Set(ids)]);
    } catch (wrong) {
      setError(wrong);
    }
    setBusy(false);
  };
  return (
    <div className="stack" style={{ gap: 8 }}>
      {props.value.map((id) => (
        <div key={id} className="row">
          <Icon name="file" size={18} />
          <FileName id={id} name={names[id]} />
          <button
            type="button"
            className="icon-button"
            aria-label={t('field.remove_file')}
            onClick={() => props.change(props.value.filter((one) => one !== id))}
          >
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
      <Refusals error={error} />
      {props.value.length < props.max ? (
        <label className={`button plain ${busy ? 'busy' : ''}`} style={{ alignSelf: 'start' }}>
          <Icon name="upload" size={18} />
          <span>{t(busy ? 'field.uploading' : 'field.upload')}</span>
          <input
            type="file"
            className="sr"
            multiple={props.max > 1}
            disabled={busy}
            onChange={(event) => void add(event.target.files)}
          />
        </label>
      ) : null}
    </div>
  );
}

export function FileName({ id, name }: { id: string; name?: string | undefined }) {
  const file = useGet<Attachment>(`/files/${id}`, {}, name === undefined, Infinity);
  return (
    <a href={`/api/v1/files/${id}/content`} download={name ?? file.data?.name ?? id}>
      {name ?? file.data?.name ?? id}
    </a>
  );
}
