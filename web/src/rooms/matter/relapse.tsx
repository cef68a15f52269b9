// Relapses: while a matter is being opened, which settled ones it is like and why; on its page what
// somebody said of each, with the button to say it; on the earlier one that it came back.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '@/api/client';
import { useSettled } from '@/api/hooks';
import type {
  MatterAlike,
  MatterChanged,
  MatterPreview,
  MatterRelapse,
  MatterType,
  MatterWhole,
} from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { ChangeForm } from './change_form';
import { StateMark } from './marks';
import { contentOf } from './say';
import { type Asks, bodyOf, nothing } from './types';
import { useWanted } from './wanted';

type Proposed = MatterRelapse['proposed'][number];

// Why two are alike, each reason by itself.
function Why({ of }: { of: MatterAlike | Proposed }) {
  return (
    <ul className="small muted alike-why">
      {of.same.length > 0 ? (
        <li>{t('relapse.same', { fields: of.same.join(t('relapse.and')) })}</li>
      ) : null}
      {of.common.length > 0 ? (
        <li>
          {t('relapse.common')}
          {of.common.map((text) => (
            <mark key={text}>{text}</mark>
          ))}
        </li>
      ) : null}
      {of.percent === null ? null : (
        <li className="num">{t('relapse.percent', { n: of.percent })}</li>
      )}
      {of.settled ? (
        <li className="num">{t('look_back.since', { day: fullDay(of.settled) })}</li>
      ) : null}
    </ul>
  );
}

function Named({ of, types }: { of: MatterAlike | Proposed; types: MatterType[] }) {
  const { id, matter } = of;
  if (!matter) return <span className="muted">{t('matter.related.hidden', { id })}</span>;
  const type = types.find((one) => one.name === matter.type);
  return (
    <span className="row between">
      <Link to={`/matters/${id}`} className="two-lines grow">
        {matter.number ?? id} {contentOf(matter, type)}
      </Link>
      <StateMark matter={matter} />
    </span>
  );
}

// Asked of the server while the form is being filled; nothing is opened.
export function LikelyRelapses({ type, body }: { type: MatterType; body: object }) {
  const settled = useSettled(body, 600);
  const asked = useQuery({
    queryKey: ['/matters', 'dry_run', settled],
    queryFn: ({ signal }) =>
      post<MatterPreview>('/matters', settled, { query: { dry_run: true }, signal }),
    enabled: type.in_relapses && 'unit' in settled && settled.unit !== '',
    staleTime: 5_000,
    retry: false,
  });
  const alike = asked.data?.alike ?? [];
  if (alike.length === 0) return null;
  return (
    <section className="notice warn stack" role="status" aria-label={t('relapse.likely')}>
      <strong>{t('relapse.likely')}</strong>
      <p className="small">{t('relapse.likely.text')}</p>
      <ul className="stack">
        {alike.map((one) => (
          <li key={one.id}>
            <Named of={one} types={[type]} />
            <Why of={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

const looks = {
  proposed: ['v-at_risk', '▲'],
  confirmed: ['v-failed', '■'],
  denied: ['v-met', '●'],
} as const;

function Stands({ stands }: { stands: Proposed['stands'] }) {
  const [look, shape] = looks[stands];
  return (
    <span className={`verdict ${look}`}>
      <i aria-hidden="true">{shape}</i>
      <span>{t(`relapse.stands.${stands}`)}</span>
    </span>
  );
}

type Props = {
  matter: MatterWhole;
  types: MatterType[];
  done: (said: string) => void;
};

export function Relapse(props: Props) {
  const { matter, types } = props;
  const card = useWanted('relapse');
  const of = matter.relapse;
  if (!of) return null;
  return (
    <section className="card relapse" ref={card} aria-label={t('relapse.title')}>
      <header>
        <h2>{t('relapse.title')}</h2>
        <span className="muted small">{t('relapse.by', { who: of.by })}</span>
      </header>
      <div className="body stack">
        {of.as ? <CameBack of={of.as} types={types} /> : null}
        <ul className="stack">
          {of.proposed.map((one) => (
            <li key={one.id} className="stack">
              <One {...props} of={of} one={one} />
            </li>
          ))}
        </ul>
        {of.may && !of.may.allowed && of.proposed.some((one) => one.stands === 'proposed') ? (
          <p className="muted small">{of.may.why.map((one) => one.say).join(' ')}</p>
        ) : null}
      </div>
    </section>
  );
}

function CameBack(props: { of: NonNullable<MatterRelapse['as']>; types: MatterType[] }) {
  const { id, matter } = props.of;
  const type = props.types.find((one) => one.name === matter?.type);
  return (
    <p className="notice warn" role="note">
      <strong>{t('relapse.came_back')}</strong>{' '}
      {matter ? (
        <Link to={`/matters/${id}`}>
          {matter.number ?? id} {contentOf(matter, type)}
        </Link>
      ) : (
        t('matter.related.hidden', { id })
      )}
    </p>
  );
}

function One(props: Props & { of: MatterRelapse; one: Proposed }) {
  const { matter, types, of, one } = props;
  const [saying, setSaying] = useState<'relapse' | 'no_relapse' | null>(null);
  const may = of.may?.allowed ?? false;
  const isOther = of.of !== null && of.of !== one.id;
  return (
    <>
      <Named of={one} types={types} />
      <Why of={one} />
      <p className="row">
        <Stands stands={one.stands} />
        {one.at ? (
          <span className="muted small">
            {one.by_name ?? (one.by ? t('matter.account', { id: one.by }) : t('matter.program'))} ·{' '}
            {instant(one.at)}
          </span>
        ) : null}
      </p>
      {one.reason ? <p className="matter-reason">{one.reason}</p> : null}
      {may ? (
        <p className="row">
          {one.stands !== 'confirmed' && !isOther ? (
            <Button
              look={one.stands === 'proposed' ? 'main' : 'plain'}
              onClick={() => setSaying('relapse')}
            >
              {t('relapse.say.relapse')}
            </Button>
          ) : null}
          {one.stands !== 'denied' ? (
            <Button onClick={() => setSaying('no_relapse')}>{t('relapse.say.no_relapse')}</Button>
          ) : null}
        </p>
      ) : null}
      {saying ? (
        <Saying
          matter={matter}
          type={types.find((type) => type.name === matter.type)}
          one={one}
          says={saying}
          close={() => setSaying(null)}
          done={(said) => {
            setSaying(null);
            props.done(said);
          }}
        />
      ) : null}
    </>
  );
}

const asks = (): Asks => ({ fields: [], unit: 'no', due: 'no', reason: 'must', evidence: 'no' });

// What follows from it is said before it is sent.
function Saying(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  one: Proposed;
  says: 'relapse' | 'no_relapse';
  close: () => void;
  done: (said: string) => void;
}) {
  const { matter, type, one, says } = props;
  return (
    <ChangeForm
      matter={matter}
      type={type}
      title={t(`relapse.say.${says}`)}
      about={`matter.${matter.id}.relapse.${one.id}`}
      path={`/matters/${matter.id}/relapses`}
      asks={asks()}
      fresh={() => nothing}
      body={(change) => ({ other: one.id, says, reason: bodyOf(change, asks()).reason ?? '' })}
      submit={t(`relapse.say.${says}`)}
      close={props.close}
      done={(changed: MatterChanged) =>
        props.done(t(`relapse.said.${says}`, { id: one.id, n: changed.version }))
      }
    >
      <Named of={one} types={type ? [type] : []} />
      <Why of={one} />
      <p className="muted">{t(`relapse.note.${says}`)}</p>
    </ChangeForm>
  );
}
