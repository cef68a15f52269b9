// A round of look-backs. What is looked at and what came of it are two views of one list.
import { Link, useParams, useSearchParams } from 'react-router';
import { useGet, usePages } from '@/api/hooks';
import type { LookBackRoundWhole, LookBackRow, LookBackRowList, MatterType } from '@/api/types';
import { t } from '@/i18n/i18n';
import { comma, fullDay, instant } from '@/i18n/format';
import { FoundMark } from '@/rooms/matter/marks';
import { contentOf } from '@/rooms/matter/say';
import { useMatterTypes } from '@/rooms/matter/types';
import { nameOf } from '@/rooms/org/unit_name';
import { Empty, Loaded, More } from '@/ui/states';
import { Tabs } from '@/ui/tabs';
import { DrawAnew, Draws } from './draw_anew';
import { LockLookBacks } from './lock_look_back';
import './round.css';
import { lookBackState, sampleText } from './say_look_back';

const views = ['problems', 'results'] as const;
const kinds = ['all', 'missing', 'looked', 'fallen_short'] as const;
type View = (typeof views)[number];

export function Component() {
  const { id = '' } = useParams();
  const round = useGet<LookBackRoundWhole>(`/look-back-rounds/${id}`);
  return (
    <div className="page">
      <Loaded of={round} lines={14}>
        {(one) => <Shown round={one} />}
      </Loaded>
    </div>
  );
}

function Shown({ round }: { round: LookBackRoundWhole }) {
  const types = useMatterTypes();
  const [search, setSearch] = useSearchParams();
  const view = views.find((one) => one === search.get('view')) ?? views[0];
  const only = kinds.find((one) => one === search.get('only')) ?? kinds[0];
  return (
    <>
      <div className="page-head">
        <div>
          <h1>
            {round.name}{' '}
            <span className={`tag ${round.locked ? '' : 'plan'}`}>{lookBackState(round)}</span>
          </h1>
          <p className="muted">
            {nameOf(round.unit)} · {round.types.map((type) => type.title).join(comma())} ·{' '}
            {sampleText(round)} · {t('look_round.until_on', { day: fullDay(round.until) })}
            {round.locked_at
              ? ` · ${t('round.locked_at', {
                  at: instant(round.locked_at),
                  by: round.locked_by_name ?? '',
                })}`
              : ''}
          </p>
        </div>
        {round.may_change ? (
          <div className="row">
            <DrawAnew
              path={`/look-back-rounds/${round.id}`}
              version={round.version}
              text={t('look_round.draw_text')}
            />
            <LockLookBacks round={round} types={types.data?.items} />
          </div>
        ) : null}
      </div>
      <div className="stack">
        {round.figures ? <Figures of={round.figures.total} /> : null}
        <Tabs
          names={views}
          shown={view}
          onShow={(one) => setSearch({ view: one, only }, { replace: true })}
        >
          {(one) => t(`look_round.tab.${one}`)}
        </Tabs>
        <div className="row" role="group" aria-label={t('look_back.which')}>
          {kinds.map((kind) => (
            <button
              key={kind}
              type="button"
              className="chip"
              aria-pressed={kind === only}
              onClick={() => setSearch({ view, only: kind }, { replace: true })}
            >
              {t(`look_round.only.${kind}`)}
            </button>
          ))}
        </div>
        <Rows round={round} view={view} only={only} types={types.data?.items} />
        <Draws made={round.made} rule={t('look_round.rule')} />
        <p className="as-of">{t('state.as_of', { at: instant(round.as_of.known_at) })}</p>
      </div>
    </>
  );
}

type FigureLine = NonNullable<LookBackRoundWhole['figures']>['total'];

// What relapsed counts against what is closed.
function Figures({ of }: { of: FigureLine }) {
  const count = (outcome: string) => of.found.find((one) => one.outcome === outcome)?.count ?? 0;
  const shown = [
    ['all', of.all],
    ['closed', of.closed],
    ['drawn', of.drawn],
    ['looked', of.looked],
    ['missing', of.missing],
    ['holds', count('holds')],
    ['partly', count('partly')],
    ['not_done', count('not_done')],
    ['relapsed', count('relapsed')],
    ['stands', of.stands],
  ] as const;
  return (
    <section className="card" aria-label={t('round.figures')}>
      <div className="body stack">
        <dl className="round-figures">
          {shown.map(([name, n]) => (
            <div key={name} className={name === 'relapsed' && n > 0 ? 'late' : ''}>
              <dt>{t(`look_round.figure.${name}`)}</dt>
              <dd className="num">{n}</dd>
            </div>
          ))}
        </dl>
        <p className="small muted">
          {t('look_round.stands_text', { stands: of.stands, all: of.all })}
          {of.too_early > 0 ? ` ${t('look_round.too_early', { n: of.too_early })}` : ''}
        </p>
      </div>
    </section>
  );
}

function Rows(props: {
  round: LookBackRoundWhole;
  view: View;
  only: (typeof kinds)[number];
  types: MatterType[] | undefined;
}) {
  const { round, view, only, types } = props;
  const path = `/look-back-rounds/${round.id}/rows`;
  const list = usePages<LookBackRowList>(path, { only });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isSuccess && rows.length === 0) {
    return (
      <section className="card">
        <Empty name="look_round_rows" icon="check" />
      </section>
    );
  }
  return (
    <section className="card" aria-label={t(`look_round.tab.${view}`)}>
      <ul className="lines rounds">
        {rows.map((row) => (
          <Row key={row.matter.id} row={row} view={view} types={types} />
        ))}
      </ul>
      <More of={list} />
    </section>
  );
}

function Row(props: { row: LookBackRow; view: View; types: MatterType[] | undefined }) {
  const { row, view, types } = props;
  const { found } = row;
  return (
    <li>
      <div className="grow">
        <p className="todo-title">
          <Link to={`/matters/${row.matter.id}${row.may_look ? '?do=look_back' : ''}`}>
            {contentOf(
              row.matter,
              types?.find((type) => type.name === row.matter.type),
            )}
          </Link>
        </p>
        <p className="small muted">
          {nameOf(row.unit)}
          {row.stratum_title ? ` · ${row.stratum_title}` : ''}
          {view === 'problems'
            ? ` · ${t('look_back.by', { who: row.lookers.map(nameOf).join(comma()) })}`
            : ''}
        </p>
        {view === 'results' && found ? (
          <p>
            {found.reason}{' '}
            <span className="small muted">
              {found.by_name ?? ''} {found.at ? instant(found.at) : ''}
            </span>
          </p>
        ) : null}
        {row.missing ? (
          <p className="small">{t('look_round.not_looked', { reason: row.missing })}</p>
        ) : null}
      </div>
      <FoundMark
        outcome={found?.outcome ?? null}
        title={found ? found.outcome_title : t('look_round.missing')}
      />
    </li>
  );
}
