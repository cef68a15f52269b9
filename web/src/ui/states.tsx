// What a page shows when there is nothing, nothing yet, no right, or no answer.
import type { ReactNode } from 'react';
import { Refused, Unreachable } from '@/api/client';
import type { AsOf } from '@/api/types';
import { instant } from '@/i18n/format';
import { t } from '@/i18n/i18n';
import { Button } from './button';
import { Icon, type IconName } from './icon';

export function Empty(props: { icon?: IconName; name: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={props.icon ?? 'file'} size={32} />
      <h2>{t(`empty.${props.name}.title`)}</h2>
      <p className="muted">{t(`empty.${props.name}.text`)}</p>
      {props.children ? <div style={{ marginTop: 16 }}>{props.children}</div> : null}
    </div>
  );
}

// Stands in the place that the content will take, so that nothing moves when it comes.
export function Bones({ lines = 6 }: { lines?: number }) {
  return (
    <div className="bones" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: lines }, (_, i) => (
        <i key={i} style={{ width: `${100 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

// A server that is too busy has no words of its own to say.
const sentenceOf = (error: unknown): string | null =>
  error instanceof Refused && error.sentences.length === 0
    ? t(error.status === 503 ? 'state.busy' : 'state.failed_text')
    : error instanceof Error
      ? error.message
      : null;

export function Trouble(props: { error: unknown; retry?: (() => void) | undefined }) {
  const { error } = props;
  if (error instanceof Refused && error.status === 403) {
    return (
      <div className="empty">
        <Icon name="lock" size={32} />
        <h2>{t('state.no_permission')}</h2>
        <p className="muted">{error.sentences[0]}</p>
      </div>
    );
  }
  if (error instanceof Refused && error.status === 404) {
    return (
      <div className="empty">
        <Icon name="search" size={32} />
        <h2>{t('state.not_found')}</h2>
        <p className="muted">{error.sentences[0]}</p>
      </div>
    );
  }
  const away = error instanceof Unreachable;
  return (
    <div className="empty" role="alert">
      <Icon name={away ? 'offline' : 'warning'} size={32} />
      <h2>{t(away ? 'state.unreachable' : 'state.failed')}</h2>
      <p className="muted">{away ? t('state.unreachable_text') : sentenceOf(error)}</p>
      {props.retry ? (
        <div style={{ marginTop: 16 }}>
          <Button onClick={props.retry}>{t('state.retry')}</Button>
        </div>
      ) : null}
    </div>
  );
}

// One refusal after another, with where it is when that says something.
export function Refusals({ error }: { error: unknown }) {
  if (!error) return null;
  if (error instanceof Refused) {
    return (
      <div className="notice failed" role="alert">
        <ul>
          {(error.sentences.length > 0 ? error.sentences : [sentenceOf(error)]).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div className="notice failed" role="alert">
      {error instanceof Unreachable ? t('state.unreachable_text') : String(error)}
    </div>
  );
}

// What a list has beyond what is shown.
export function More({
  of,
}: {
  of: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
}) {
  if (!of.hasNextPage) return null;
  return (
    <p className="more">
      <Button busy={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
        {t('act.more')}
      </Button>
    </p>
  );
}

// Of when figures are. Its line is kept free until they come, so that nothing below it moves.
export function AsOfLine({ of, children }: { of: AsOf | undefined; children?: ReactNode }) {
  const at = of?.known_at ?? '2026-01-01T00:00:00Z'; // as long as every other
  return (
    <span className="as-of" style={of ? undefined : { visibility: 'hidden' }}>
      {t('state.as_of', { at: instant(at) })}
      {children}
    </span>
  );
}

type Loadable<T> = {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
};

// The four states of what is fetched, in one place; what is stale stays and says so.
export function Loaded<T>(props: {
  of: Loadable<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  const { data, error, refetch } = props.of;
  if (data !== undefined) {
    return (
      <>
        {error ? (
          <div className="notice warn row between" role="status" style={{ marginBottom: 12 }}>
            <span>{t('state.stale')}</span>
            <Button onClick={() => void refetch()}>{t('state.retry')}</Button>
          </div>
        ) : null}
        {props.children(data)}
      </>
    );
  }
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  return <Bones lines={props.lines ?? 6} />;
}
