// "This will count for …", asked of the server while the form is being filled, written nowhere.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { post } from '@/api/client';
import type { Effect } from '@/api/parts';
import type { NewRecord, WouldCount } from '@/api/types';
import { t } from '@/i18n/i18n';
import { periodTitle } from '@/i18n/format';
import { useHasStanding } from '@/rooms/compliance/hooks';
import { Icon } from '@/ui/icon';
import { Glyph } from '@/ui/verdict';

function useSettled<T>(value: T, ms: number): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

export function useDryRun(body: NewRecord, enabled: boolean) {
  const settled = useSettled(body, 500);
  const able = useHasStanding();
  return useQuery({
    queryKey: ['dry-run', settled],
    queryFn: ({ signal }) =>
      post<WouldCount>('/records', settled, { query: { dry_run: true }, signal }),
    enabled: enabled && able && settled.types.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    retry: false,
  });
}

export function Counts(props: {
  dry: WouldCount | undefined;
  pending: boolean;
  planned: boolean;
  asked: boolean;
}) {
  const able = useHasStanding();
  if (!able) return null;
  const yes = props.dry?.would_count.filter((one) => one.counts) ?? [];
  const no = props.dry?.would_count.filter((one) => !one.counts) ?? [];
  return (
    <section className="card" aria-label={t('counts.title')}>
      <header>
        <h2>{t(props.planned ? 'counts.planned' : 'counts.title')}</h2>
      </header>
      <div className="body" style={{ minHeight: 96 }}>
        {!props.asked ? <p className="muted">{t('counts.choose')}</p> : null}
        {props.asked && props.dry && yes.length === 0 ? (
          <p className="muted">{t('counts.none')}</p>
        ) : null}
        {props.asked ? (
          <ul className="counts">
            {yes.map((one) => (
              <CountLine key={`${one.obligation} ${one.bearer.id} ${one.period}`} one={one} />
            ))}
            {no.map((one) => (
              <li key={`${one.obligation} ${one.bearer.id} ${one.period}`} className="muted">
                <Icon name="warning" size={16} />
                <span>
                  {one.title}
                  <span className="small"> {one.say}</span>
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {(props.dry?.missing ?? []).map((one) => (
          <p key={one.field + one.say} className="v-at_risk small">
            {one.say}
          </p>
        ))}
      </div>
    </section>
  );
}

export function CountLine({ one }: { one: Effect }) {
  return (
    <li>
      <Glyph verdict={one.after.verdict} />
      <span className="grow">
        {one.title}
        <span className="muted small"> {periodTitle(one.period)}</span>
      </span>
      <span className="num small">
        {one.before.have}/{one.before.need} →{' '}
        <b>
          {one.after.have}/{one.after.need}
        </b>
      </span>
    </li>
  );
}
