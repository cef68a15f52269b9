// The outbox: where messages stand that leave the house, and what to do about those that do not get
// through. Neither what they say nor to which address they go is here.
import { useState } from 'react';
import { usePages, usePost } from '@/api/hooks';
import type { Message, MessageDecided, MessageList } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Drawer } from '@/ui/overlay';
import { Empty, Loaded, More, Refusals } from '@/ui/states';

const states = ['waiting', 'dead', 'delivered', 'dropped'] as const;
type State = (typeof states)[number];

function reasonOf(reason: string): string {
  if (reason === '') return t('leaving.reason.none');
  const [, way, code] = /^(http|smtp)_(\d+)$/.exec(reason) ?? [];
  return way && code ? t(`leaving.reason.${way}`, { code }) : t(`leaving.reason.${reason}`);
}

const looks: Record<State, string> = {
  waiting: 'tag',
  dead: 'tag failed',
  delivered: 'tag met',
  dropped: 'tag void',
};

function columns(decide: ((one: Message) => void) | null): TableColumn<Message>[] {
  const all: TableColumn<Message>[] = [
    { head: t('leaving.message'), num: true, cell: (one) => one.id },
    {
      head: t('leaving.state'),
      cell: (one) => <span className={looks[one.state]}>{t(`leaving.state.${one.state}`)}</span>,
    },
    { head: t('leaving.kind'), cell: (one) => t(`leaving.kind.${one.kind}`) },
    { head: t('leaving.channel'), cell: (one) => t(`delivery.channel.${one.channel}`) },
    { head: t('leaving.account'), num: true, cell: (one) => one.account },
    { head: t('leaving.tries'), num: true, end: true, cell: (one) => one.tries },
    { head: t('leaving.reason'), cell: (one) => reasonOf(one.reason) },
    { head: t('leaving.made'), num: true, cell: (one) => instant(one.made) },
    {
      head: t('leaving.next'),
      num: true,
      cell: (one) => (one.state === 'waiting' ? instant(one.due) : '–'),
    },
  ];
  if (decide === null) return all;
  const open = (one: Message) => one.state === 'waiting' || one.state === 'dead';
  return [
    ...all,
    {
      head: t('leaving.decide'),
      quiet: true,
      cell: (one) =>
        open(one) ? (
          <button type="button" className="link" onClick={() => decide(one)}>
            {t('leaving.decide')}
          </button>
        ) : null,
    },
  ];
}

export function Component() {
  const mayChange = useMay('account_change');
  const [state, setState] = useState<State | null>(null);
  const [chosen, setChosen] = useState<Message | null>(null);
  const list = usePages<MessageList>('/outbox', { state }, { limit: 100, refetchInterval: 10_000 });
  const first = list.data?.pages[0];
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('admin.outbox.action')}</h1>
          <p>{t('admin.outbox.text')}</p>
        </div>
      </div>
      <div className="stack">
        {first ? <Standing of={first} may={mayChange} /> : null}
        <div className="row" role="group" aria-label={t('leaving.state')}>
          {[null, ...states].map((one) => (
            <button
              key={one ?? 'all'}
              type="button"
              className="chip"
              aria-pressed={state === one}
              onClick={() => setState(one)}
            >
              {one === null ? t('leaving.all') : t(`leaving.state.${one}`)}
            </button>
          ))}
        </div>
        <Loaded of={list} lines={8}>
          {() =>
            items.length === 0 ? (
              <section className="card">
                <Empty name="leaving" icon="check" />
              </section>
            ) : (
              <DataTable
                label={t('admin.outbox.action')}
                columns={columns(mayChange ? setChosen : null)}
                rows={items}
                keyOf={(one) => one.id}
              />
            )
          }
        </Loaded>
        <More of={list} />
      </div>
      {chosen ? <Decide message={chosen} close={() => setChosen(null)} /> : null}
    </div>
  );
}

function Standing({ of, may }: { of: MessageList; may: boolean }) {
  const test = usePost<MessageDecided>('/outbox/tests');
  return (
    <section className="card pad stack">
      <p className="num">
        {of.channels.length === 0
          ? t('leaving.not_set_up')
          : t('leaving.counts', { waiting: of.waiting, dead: of.dead })}
      </p>
      {may && of.channels.length > 0 ? (
        <div className="row">
          {of.channels.map((channel) => (
            <Button
              key={channel}
              busy={test.isPending}
              onClick={() => test.mutate({ body: { channel } })}
            >
              {t('leaving.test', { channel: t(`delivery.channel.${channel}`) })}
            </Button>
          ))}
        </div>
      ) : null}
      <Refusals error={test.error} />
      {test.isSuccess ? <p role="status">{t('leaving.test_sent')}</p> : null}
    </section>
  );
}

function Decide({ message, close }: { message: Message; close: () => void }) {
  const [reason, setReason] = useState('');
  const retry = usePost<MessageDecided>(`/outbox/${message.id}/retry`);
  const drop = usePost<MessageDecided>(`/outbox/${message.id}/drop`);
  const body = { reason: reason.trim() };
  return (
    <Drawer title={message.id} close={close}>
      <div className="stack" style={{ gap: 16 }}>
        <p>{reasonOf(message.reason)}</p>
        <div className="field">
          <label htmlFor="outbox-why">{t('leaving.why')}</label>
          <input
            id="outbox-why"
            className="text"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <Refusals error={retry.error ?? drop.error} />
        <div className="row">
          <Button
            look="main"
            icon="refresh"
            busy={retry.isPending}
            disabled={body.reason === ''}
            onClick={() => retry.mutate({ body }, { onSuccess: close })}
          >
            {t('leaving.retry')}
          </Button>
          <Button
            look="danger"
            busy={drop.isPending}
            disabled={body.reason === ''}
            onClick={() => drop.mutate({ body }, { onSuccess: close })}
          >
            {t('leaving.drop')}
          </Button>
        </div>
      </div>
    </Drawer>
  );
}
