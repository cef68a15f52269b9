// "This will count for …", asked of the server while the form is being filled, written nowhere.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { post } from '@/api/client';
import { useSettled } from '@/api/hooks';
import type { Effect, Verdict } from '@/api/parts';
import type { NewRecord, RecordType, WouldCount } from '@/api/types';
import { t } from '@/i18n/i18n';
import { periodTitle } from '@/i18n/format';
import { useHasStanding } from '@/rooms/compliance/hooks';
import { Icon } from '@/ui/icon';
import { Glyph, order } from '@/ui/verdict';

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

// "/fields/core~1visit/what" → the field's title, as it stands in the form.
function titleOf(pointer: string, types: RecordType[]): string {
  const [, , type, field] = pointer.split('/');
  const name = type?.replaceAll('~1', '/').replaceAll('~0', '~');
  const found = types.find((one) => one.name === name)?.fields.find((one) => one.name === field);
  return found ? t('counts.field', { title: found.title }) : '';
}

export function Counts(props: {
  types: RecordType[];
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
      <div className="body" style={{ minHeight: 96 }} tabIndex={0} role="group">
        {!props.asked ? <p className="muted">{t('counts.choose')}</p> : null}
        {props.asked && props.dry && yes.length === 0 ? (
          <p className="muted">{t('counts.none')}</p>
        ) : null}
        {props.asked ? (
          <ul className="counts">
            <CountLines of={yes} />
            {together(no).map(({ one }) => (
              <li key={`${one.obligation} ${one.period}`} className="muted">
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
            {titleOf(one.field, props.types)}
            {one.say}
          </p>
        ))}
      </div>
    </section>
  );
}

type Group = { one: Effect; bearers: number; worst: Verdict };

// Of members and posts there are many; they stand together, with how many and the worst of them.
export function together(effects: Effect[]): Group[] {
  const groups = new Map<string, Group>();
  for (const one of effects) {
    const key = `${one.obligation} ${one.period} ${one.counts}`;
    const { verdict } = one.after;
    const group = groups.get(key);
    if (!group) {
      groups.set(key, { one, bearers: 1, worst: verdict });
      continue;
    }
    group.bearers += 1;
    if (order.indexOf(verdict) < order.indexOf(group.worst)) group.worst = verdict;
  }
  return [...groups.values()];
}

export function CountLines({ of }: { of: Effect[] }) {
  return together(of).map(({ one, bearers, worst }) => (
    <li key={`${one.obligation} ${one.period}`}>
      <Glyph verdict={worst} />
      <span className="grow">
        {one.title}
        <span className="muted small"> {periodTitle(one.period)}</span>
      </span>
      {bearers > 1 ? (
        <b className="num small">
          {t(one.bearer.id.startsWith('p') ? 'record.people' : 'unit.n', { n: bearers })}
        </b>
      ) : (
        <span className="num small">
          {one.before.have}/{one.before.need} →{' '}
          <b>
            {one.after.have}/{one.after.need}
          </b>
        </span>
      )}
    </li>
  ));
}
