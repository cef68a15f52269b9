// What this account is sent, and how: chosen by whose account it is, off until then.
import { useState, type FormEvent } from 'react';
import { useGet, usePost } from '@/api/hooks';
import type { Changed, Delivery } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { Loaded, Refusals } from '@/ui/states';

export function DeliveryBox() {
  const delivery = useGet<Delivery>('/me/delivery');
  return (
    <section className="card" aria-label={t('delivery.title')}>
      <header>
        <h2>{t('delivery.title')}</h2>
      </header>
      <div className="body stack">
        <p className="muted">{t('delivery.text')}</p>
        <Loaded of={delivery} lines={3}>
          {(now) =>
            now.channels.length === 0 && now.channel === 'none' ? (
              <p>{t('delivery.nothing')}</p>
            ) : (
              <>
                {now.address && !now.confirmed ? <Confirm now={now} /> : null}
                <Choice key={now.version} now={now} />
              </>
            )
          }
        </Loaded>
      </div>
    </section>
  );
}

function Choice({ now }: { now: Delivery }) {
  const [channel, setChannel] = useState(now.channel);
  const [digest, setDigest] = useState(now.version === 0 || now.digest);
  const [notices, setNotices] = useState(now.notices);
  const [address, setAddress] = useState(now.address ?? '');
  const save = usePost<Changed>('/me/delivery');
  const send = (more: { channel?: Delivery['channel']; address?: string }) =>
    save.mutate({ body: { version: now.version, channel, digest, notices, ...more } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isNew = channel === 'mail' && address.trim() !== (now.address ?? '');
    send(isNew ? { address: address.trim() } : {});
  };
  return (
    <form className="stack" style={{ gap: 16, maxWidth: 560 }} onSubmit={submit}>
      <div className="row" role="group" aria-label={t('delivery.channel')}>
        {(['none', ...now.channels] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="chip"
            aria-pressed={channel === one}
            onClick={() => setChannel(one)}
          >
            {t(`delivery.channel.${one}`)}
          </button>
        ))}
      </div>
      {channel === 'mail' ? (
        <div className="field">
          <label htmlFor="delivery-address">{t('delivery.address')}</label>
          <input
            id="delivery-address"
            className="text"
            type="email"
            required
            maxLength={254}
            autoComplete="email"
            aria-describedby="delivery-address-text"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
          <p id="delivery-address-text" className="small muted">
            {t('delivery.address_text')}
            {now.confirmed && address === now.address ? (
              <span className="tag met"> {t('delivery.confirmed')}</span>
            ) : null}
          </p>
        </div>
      ) : null}
      {channel === 'none' ? null : (
        <>
          <Box label={t('delivery.digest')} on={digest} set={setDigest} />
          <Box label={t('delivery.notices')} on={notices} set={setNotices} />
        </>
      )}
      <Refusals error={save.error} />
      <div className="row">
        <Button type="submit" look="main" busy={save.isPending}>
          {t('delivery.save')}
        </Button>
        {now.address ? (
          <Button
            look="quiet"
            busy={save.isPending}
            onClick={() =>
              send({ channel: now.channel === 'mail' ? 'none' : now.channel, address: '' })
            }
          >
            {t('delivery.forget')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function Box(props: { label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label className="row" style={{ alignItems: 'flex-start' }}>
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => props.set(event.target.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

function Confirm({ now }: { now: Delivery }) {
  const [code, setCode] = useState('');
  const confirm = usePost<Changed>('/me/delivery/confirmation');
  const again = usePost<Changed>('/me/delivery');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ body: { version: now.version, code: code.trim() } });
  };
  const { version, channel, digest, notices, address } = now;
  return (
    <form className="notice stack" style={{ gap: 12 }} onSubmit={submit}>
      <p>{t('delivery.unconfirmed', { address: now.address ?? '' })}</p>
      <div className="row">
        <input
          className="text"
          style={{ maxWidth: 160 }}
          aria-label={t('delivery.code')}
          placeholder={t('delivery.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <Button type="submit" look="main" busy={confirm.isPending}>
          {t('delivery.confirm')}
        </Button>
        <Button
          look="quiet"
          busy={again.isPending}
          onClick={() => again.mutate({ body: { version, channel, digest, notices, address } })}
        >
          {t('delivery.resend')}
        </Button>
      </div>
      <Refusals error={confirm.error ?? again.error} />
    </form>
  );
}
