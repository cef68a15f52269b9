// A unit from anywhere in the tree, found by typing; before that those nearby: what stands below, the
// own ones and what stands above them.
import { useQueries } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { get } from '@/api/client';
import { unitQuery, useGet, useUnit } from '@/api/hooks';
import type { NameableUnits, UnitList } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { aside } from '@/i18n/format';

type Option = { value: string; label: string };
type Named = { id: string; name: string };
// A field of a type of matters, and whether it permits kinds of units: these are found wherever they
// are.
export type UnitField = { type: string; field: string; anywhere: boolean };

type Names = Record<string, string>;

// Its name among those that a field may name: it may stand where this account sees no unit.
const nameableQuery = ({ type, field }: UnitField, id: string) => ({
  queryKey: ['/nameable-units', { type, field, unit: id }],
  queryFn: async (): Promise<{ name: string | undefined }> => {
    const { items } = await get<NameableUnits>('/nameable-units', { type, field, unit: id });
    return { name: items[0]?.name };
  },
  staleTime: 300_000,
  retry: false,
});

// Whose name nobody chose or offered here: those of a draft, or of what is edited.
function useNamed(chosen: string[], of: UnitField | undefined, known: Names): Names {
  const asked = chosen.filter((id) => known[id] === undefined);
  const named = useQueries({
    queries: asked.map((id) => (of ? nameableQuery(of, id) : unitQuery(id))),
  });
  return Object.fromEntries(
    asked.map((id, i) => [id, named[i]?.data?.name ?? t('unit.closed_name', { id })]),
  );
}

function useOptions(
  text: string,
  chosen: string[],
  of: UnitField | undefined,
  below: Named[],
  known: Names,
): Option[] {
  const { units, unit } = useSession();
  const own = useUnit(unit?.id);
  const anywhere = of?.anywhere === true;
  const found = useGet<UnitList>('/units', { q: text, limit: 20 }, text !== '' && !anywhere);
  const permitted = useGet<NameableUnits>(
    '/nameable-units',
    { type: of?.type, field: of?.field, q: text, limit: 20 },
    text !== '' && anywhere,
  );
  const near = anywhere ? [] : [...below, ...units, ...(own.data?.path ?? [])];
  const there = { ...known, ...Object.fromEntries(near.map((one) => [one.id, one.name])) };
  const named = useNamed(chosen, of, there);
  const options = new Map<string, string>();
  const add = (one: Named) => options.set(one.id, one.name);
  if (text === '') {
    for (const one of near) add(one);
    for (const id of chosen) add({ id, name: there[id] ?? named[id] ?? id });
  } else {
    for (const one of found.data?.items ?? []) add(one);
    for (const one of permitted.data?.items ?? []) {
      add({ id: one.id, name: one.within ? one.name + aside(one.within) : one.name });
    }
    // Whose name is not open may still be known by its number.
    if (/^u[1-9]\d*$/.test(text)) options.set(text, t('unit.closed_name', { id: text }));
  }
  return [...options].map(([value, label]) => ({ value, label }));
}

export function UnitSelect(props: {
  id: string;
  value: string[];
  change: (units: string[]) => void;
  many?: boolean;
  wrong?: boolean;
  of?: UnitField | undefined;
  below?: Named[] | undefined;
  named?: Names | undefined; // by id, as far as they are known already
}) {
  const [text, setText] = useState('');
  // With their names, also while what is searched for is not among them.
  const [taken, setTaken] = useState<Names>({});
  const known = { ...props.named, ...taken };
  const options = useOptions(text.trim(), props.value, props.of, props.below ?? [], known);
  const common = {
    id: props.id,
    options,
    allowClear: true,
    style: { maxWidth: 480 },
    status: props.wrong ? ('error' as const) : ('' as const),
    placeholder: t('unit.search'),
    notFoundContent: t('palette.nothing'),
    showSearch: { onSearch: setText, filterOption: false as const },
  };
  const take = (some: Option[]) => {
    setTaken({ ...taken, ...Object.fromEntries(some.map((one) => [one.value, one.label])) });
    setText('');
    props.change(some.map((one) => one.value));
  };
  const labelled = props.value.map((value) => ({
    value,
    label: options.find((one) => one.value === value)?.label ?? known[value] ?? value,
  }));
  return props.many ? (
    <Select<Option[]>
      {...common}
      labelInValue
      mode="multiple"
      value={labelled}
      onChange={(some) => take(some ?? [])}
    />
  ) : (
    <Select<Option | null>
      {...common}
      labelInValue
      value={labelled[0] ?? null}
      onChange={(one) => take(one ? [one] : [])}
    />
  );
}
