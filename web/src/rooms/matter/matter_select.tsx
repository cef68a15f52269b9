// Another matter is chosen by its number or its words: those that are ticked stand first, then the
// newest of the ledger; one that is not among them is named by its number.
import { Select } from 'antd';
import { useState } from 'react';
import { useGet } from '@/api/hooks';
import type { Matter, MatterList } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { nameOf } from '@/rooms/org/unit_name';
import { contentOf, stateText } from './say';
import { useMatterTypes } from './types';

const offered = 200;

const optionOf = ({ data }: { data: { label: string; more: string } }) => (
  <span className="matter-option">
    <span className="two-lines">{data.label}</span>
    <span className="small muted">{data.more}</span>
  </span>
);

export function MatterSelect(props: {
  id: string;
  type: string | undefined; // address; of any type where it is absent
  wrong: boolean;
  first: Matter[];
  except?: string | undefined;
  value: string;
  change: (id: string) => void;
}) {
  const { unit } = useSession();
  const [typed, setTyped] = useState('');
  const types = useMatterTypes();
  const list = useGet<MatterList>(
    '/matters',
    { unit: unit?.id, type: props.type, unmerged: true, limit: offered },
    unit !== undefined && unit !== null,
  );
  const all = [...props.first, ...(list.data?.items ?? [])].filter(
    (one, i, every) =>
      one.is_open &&
      one.id !== props.except &&
      every.findIndex((other) => other.id === one.id) === i,
  );
  const options = all.map((matter) => {
    const type = types.data?.items.find((one) => one.name === matter.type);
    const about = contentOf(matter, type);
    return {
      value: matter.id,
      label: `${matter.number ?? matter.id} ${about}`,
      search: `${matter.id} ${matter.number ?? ''} ${about} ${nameOf(matter.unit)}`.toLowerCase(),
      more: `${nameOf(matter.unit)} · ${stateText(matter)}${matter.due ? ` · ${matter.due}` : ''}`,
    };
  });
  const number = /^i\d+$/.test(typed) && !all.some((one) => one.id === typed) ? typed : null;
  return (
    <Select
      id={props.id}
      showSearch
      allowClear
      status={props.wrong ? 'error' : ''}
      style={{ width: '100%' }}
      placeholder={t('matter.choose')}
      loading={list.isLoading}
      value={props.value || undefined}
      options={
        number ? [{ value: number, label: number, search: number, more: '' }, ...options] : options
      }
      filterOption={(input, option) => (option?.search ?? '').includes(input.trim().toLowerCase())}
      optionRender={optionOf}
      onSearch={(text) => setTyped(text.trim())}
      onChange={(id: string | undefined) => props.change(id ?? '')}
    />
  );
}
