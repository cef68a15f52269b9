// Accounts and what they were granted, where and by whom.
import { Select } from 'antd';
import { useEffect, useState, type FormEvent } from 'react';
import { Link } from 'react-router';
import { useGet, usePages, usePost } from '@/api/hooks';
import type { Account, AccountList, Changed, Grant, GrantList, UnitList } from '@/api/types';
import { useMay } from '@/app/session';
import { t, wordOf } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { DataTable, ExportButton, type TableColumn } from '@/ui/data_table';
import { Drawer } from '@/ui/overlay';
import { Empty, Loaded, Refusals } from '@/ui/states';
import { comma } from '@/i18n/format';

const roles = [
  'branch_secretary',
  'unit_editor',
  'delegate',
  'campaign_office',
  'leader',
  'inspector',
  'policy_author',
  'tree_keeper',
  'auditor',
  'system_admin',
  'security_admin',
  'member',
];

function accountColumns(
  grants: Grant[] | undefined,
  open: (account: Account) => void,
): TableColumn<Account>[] {
  const granted = (one: Account) => {
    const own = (grants ?? []).filter((grant) => grant.account === one.id && !grant.ended);
    return [...new Set(own.map((grant) => wordOf('role', grant.role)))].join(comma());
  };
  const state = (one: Account) => t(one.disabled ? 'account.disabled' : 'account.in_use');
  const all: TableColumn<Account>[] = [
    {
      head: t('account.name'),
      cell: (one) => (
        <button type="button" className="link" onClick={() => open(one)}>
          {one.name}
        </button>
      ),
      value: (one) => one.name,
    },
    {
      head: t('account.display'),
      cell: (one) => one.display_name,
      value: (one) => one.display_name,
    },
    {
      head: t('account.kind'),
      cell: (one) => wordOf('account_kind', one.kind),
      value: (one) => wordOf('account_kind', one.kind),
    },
    { head: t('account.grants'), cell: granted, value: granted },
    {
      head: t('account.state'),
      cell: (one) => <span className={one.disabled ? 'tag void' : 'muted'}>{state(one)}</span>,
      value: state,
    },
    {
      head: t('account.created'),
      num: true,
      cell: (one) => one.created.slice(0, 10),
      value: (one) => one.created.slice(0, 10),
    },
  ];
  return grants ? all : all.filter((column) => column.head !== t('account.grants'));
}

// A delegate has one for each of his branches: there are many more of them than accounts.
function useEveryGrant(enabled: boolean): Grant[] | undefined {
  const list = usePages<GrantList>('/grants', {}, { limit: 500, enabled });
  const { hasNextPage, isFetching, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return list.data?.pages.flatMap((page) => page.items);
}

export function Component() {
  const seeGrants = useMay('grant_read');
  const mayCreate = useMay('account_change');
  const accounts = useGet<AccountList>('/accounts', { limit: 500 });
  const grants = useEveryGrant(seeGrants);
  const [open, setOpen] = useState<Account | 'new' | null>(null);
  const columns = accountColumns(seeGrants ? grants : undefined, setOpen);
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('admin.accounts.action')}</h1>
          <p>{t('admin.accounts.text')}</p>
        </div>
        <div className="row">
          <ExportButton
            name={t('admin.accounts.action')}
            columns={columns}
            rows={accounts.data?.items}
            asOf={accounts.data?.as_of}
          />
          {mayCreate ? (
            <Button look="main" icon="plus" onClick={() => setOpen('new')}>
              {t('admin.accounts.new')}
            </Button>
          ) : null}
        </div>
      </div>
      <Loaded of={accounts}>
        {(list) => (
          <DataTable
            label={t('admin.accounts.action')}
            columns={columns}
            rows={list.items}
            keyOf={(one) => one.id}
          />
        )}
      </Loaded>
      {open === 'new' ? <NewAccount close={() => setOpen(null)} /> : null}
      {open !== null && open !== 'new' ? (
        <AccountDrawer
          account={open}
          grants={(grants ?? []).filter((grant) => grant.account === open.id)}
          close={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
}

function NewAccount({ close }: { close: () => void }) {
  const [name, setName] = useState('');
  const [display, setDisplay] = useState('');
  const [password, setPassword] = useState('');
  const create = usePost<Changed>('/accounts');
  const save = (event: FormEvent) => {
    event.preventDefault();
    create.mutate(
      { body: { name: name.trim(), display_name: display.trim(), kind: 'person', password } },
      { onSuccess: close },
    );
  };
  const fields: [string, string, string, (text: string) => void, string][] = [
    ['new-name', 'account.name', name, setName, 'text'],
    ['new-display', 'account.display', display, setDisplay, 'text'],
    ['new-password', 'account.first_password', password, setPassword, 'password'],
  ];
  return (
    <Drawer title={t('admin.accounts.new')} close={close}>
      <form className="stack" style={{ gap: 16 }} onSubmit={save}>
        {fields.map(([id, label, value, set, type]) => (
          <div className="field" key={id}>
            <label htmlFor={id}>{t(label)}</label>
            <input
              id={id}
              className="text"
              required
              type={type}
              autoComplete={type === 'password' ? 'new-password' : 'off'}
              value={value}
              onChange={(event) => set(event.target.value)}
            />
          </div>
        ))}
        <Refusals error={create.error} />
        <div>
          <Button type="submit" look="main" busy={create.isPending}>
            {t('account.create')}
          </Button>
        </div>
      </form>
    </Drawer>
  );
}

function AccountDrawer(props: { account: Account; grants: Grant[]; close: () => void }) {
  const { account, grants, close } = props;
  const mayGrant = useMay('grant_change');
  const mayDisable = useMay('account_change');
  const disable = usePost<Changed>(`/accounts/${account.id}/disable`);
  return (
    <Drawer title={account.display_name} close={close}>
      <div className="stack" style={{ gap: 20 }}>
        <dl className="facts">
          <dt>{t('account.name')}</dt>
          <dd>{account.name}</dd>
          <dt>{t('account.kind')}</dt>
          <dd>{wordOf('account_kind', account.kind)}</dd>
        </dl>
        <section>
          <h3>{t('account.grants')}</h3>
          {grants.length === 0 ? <Empty name="grants" icon="key" /> : null}
          <ul className="lines">
            {grants.map((grant) => (
              <GrantLine key={grant.id} grant={grant} may={mayGrant} />
            ))}
          </ul>
        </section>
        {mayGrant && !account.disabled ? <NewGrant account={account} /> : null}
        {mayDisable && !account.disabled ? (
          <section className="stack">
            <Refusals error={disable.error} />
            <div>
              <Button
                look="danger"
                busy={disable.isPending}
                onClick={() =>
                  disable.mutate({ body: { version: account.version } }, { onSuccess: close })
                }
              >
                {t('account.disable')}
              </Button>
            </div>
          </section>
        ) : null}
      </div>
    </Drawer>
  );
}

function GrantLine({ grant, may }: { grant: Grant; may: boolean }) {
  const end = usePost<Changed>(`/grants/${grant.id}/end`);
  const [reason, setReason] = useState<string | null>(null);
  return (
    <li style={{ padding: '10px 0' }}>
      <div className="row between">
        <strong>{wordOf('role', grant.role)}</strong>
        <span className="muted small num">
          {grant.from} – {grant.until ?? t('grant.open_end')}
        </span>
      </div>
      <p className="small">
        {grant.unit ? (
          <Link to={`/units/${grant.unit}`}>
            {grant.unit_name ?? t('unit.closed_name', { id: grant.unit })}
          </Link>
        ) : (
          t('grant.installation')
        )}{' '}
        · {wordOf('scope', grant.scope)} · {grant.reason}
      </p>
      {grant.ended ? <span className="tag void">{t('grant.ended')}</span> : null}
      {may && !grant.ended ? (
        reason === null ? (
          <button type="button" className="link small" onClick={() => setReason('')}>
            {t('grant.end')}
          </button>
        ) : (
          <div className="row">
            <input
              className="text grow"
              aria-label={t('record.reason')}
              placeholder={t('record.reason')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button
              look="danger"
              busy={end.isPending}
              disabled={!reason.trim()}
              onClick={() => end.mutate({ body: { version: grant.version, reason } })}
            >
              {t('grant.end')}
            </Button>
          </div>
        )
      ) : null}
      <Refusals error={end.error} />
    </li>
  );
}

function NewGrant({ account }: { account: Account }) {
  const [role, setRole] = useState<string | null>(null);
  const [unit, setUnit] = useState<string | null>(null);
  const [find, setFind] = useState('');
  const [scope, setScope] = useState<'self' | 'subtree'>('self');
  const [reason, setReason] = useState('');
  const units = useGet<UnitList>('/units', { q: find, limit: 20 }, find.trim() !== '');
  const give = usePost<Changed>('/grants');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate({ body: { account: account.id, role, unit, scope, reason: reason.trim() } });
      }}
    >
      <h3>{t('grant.new')}</h3>
      <Select
        aria-label={t('grant.role')}
        placeholder={t('grant.role')}
        value={role}
        options={roles.map((one) => ({ value: one, label: wordOf('role', one) }))}
        onChange={setRole}
      />
      <Select
        aria-label={t('grant.unit')}
        placeholder={t('grant.unit')}
        allowClear
        showSearch={{ filterOption: false, onSearch: setFind }}
        value={unit}
        options={(units.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
        onChange={(value: string | undefined) => setUnit(value ?? null)}
      />
      <div className="row" role="group" aria-label={t('grant.scope')}>
        {(['self', 'subtree'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={scope === one}
            onClick={() => setScope(one)}
          >
            {wordOf('scope', one)}
          </button>
        ))}
      </div>
      <input
        className="text"
        aria-label={t('record.reason')}
        placeholder={t('record.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Refusals error={give.error} />
      {give.isSuccess ? (
        <p className="notice met" role="status">
          {t('grant.given')}
        </p>
      ) : null}
      <div>
        <Button type="submit" look="main" busy={give.isPending} disabled={!role || !reason.trim()}>
          {t('grant.give')}
        </Button>
      </div>
    </form>
  );
}
