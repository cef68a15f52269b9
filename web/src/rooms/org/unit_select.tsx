// A unit from anywhere in the tree, found by typing; before that those nearby: what stands below, the
// own ones and what stands above them.
import { useQueries } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { unitQuery, useGet, useUnit } from '@/api/hooks';
import type { NameableUnits, UnitList } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { aside } from '@/i18n/format';

type Option = { value: string; label: string };
type Named = { id: string; name: string };
// A field of a type of matters: where it permits kinds of units, these are found wherever they are.
export type UnitField = { type: string; field: string };

function useOptions(
  text: string,
  chosen: string[],
  of: UnitField | undefined,
  below: Named[],
): Option[] {
  const { units, unit } = useSession();
  const own = useUnit(unit?.id);
  const found = useGet<UnitList>('/units', { q: text, limit: 20 }, text !== '' && !of);
  const permitted = useGet<NameableUnits>(
    '/nameable-units',
    { ...of, q: text, limit: 20 },
    text !== '' && of !== undefined,
  );
  const named = useQueries({ queries: chosen.map(unitQuery) });
  const options = new Map<string, string>();
  const add = (one: { id: string; name: string }) => options.set(one.id, one.name);
  if (text === '') {
    for (const one of of ? [] : [...below, ...units, ...(own.data?.path ?? [])]) add(one);
    for (const [i, id] of chosen.entries()) {
      options.set(id, named[i]?.data?.name ?? t('unit.closed_name', { id }));
    }
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
}) {
  const [text, setText] = useState('');
  const options = useOptions(text.trim(), props.value, props.of, props.below ?? []);
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
  // With their names, also while what is searched for is not among them.
  const [known, setKnown] = useState<Record<string, string>>({});
  const take = (taken: Option[]) => {
    setKnown({ ...known, ...Object.fromEntries(taken.map((one) => [one.value, one.label])) });
    setText('');
    props.change(taken.map((one) => one.value));
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
      onChange={(taken) => take(taken ?? [])}
    />
  ) : (
    <Select<Option | null>
      {...common}
      labelInValue
      value={labelled[0] ?? null}
      onChange={(taken) => take(taken ? [taken] : [])}
    />
  );
}
