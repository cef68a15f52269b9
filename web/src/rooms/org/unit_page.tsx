// A unit: its path, its people and posts as far as permitted, what it does, what it was.
import { Link, useParams } from 'react-router';
import { useGet } from '@/api/hooks';
import type {
  Membership,
  OpenedNamesList,
  PathStep,
  PlaceWithPath,
  Post,
  PostList,
  RollList,
  Unit,
  UnitHistory,
  UnitList,
  UnitWithPaths,
} from '@/api/types';
import { useMay, useSession } from '@/app/session';
import { titleIn, useUnitType, useVocabulary } from '@/app/vocabulary';
import { t, wordOf } from '@/i18n/i18n';
import { comma, instant } from '@/i18n/format';
import { ButtonLink } from '@/ui/button';
import { ExportButton } from '@/ui/data_table';
import { Bones, Empty, Loaded } from '@/ui/states';
import { ReasonGate } from './reason_gate';
import { UnitName } from './unit_name';

export function Component() {
  const { id = '' } = useParams();
  const unit = useGet<UnitWithPaths>(`/units/${id}`);
  return (
    <div className="page">
      <ReasonGate error={unit.error} path={`/units/${id}`} done={() => void unit.refetch()}>
        <Loaded of={unit}>{(one) => <Page unit={one} />}</Loaded>
      </ReasonGate>
    </div>
  );
}

export function Path({ steps, link }: { steps: PathStep[]; link: (id: string) => string }) {
  return (
    <nav aria-label={t('unit.path')} className="path small">
      {steps.map((step, i) => (
        <span key={step.id}>
          {i > 0 ? <span className="muted"> › </span> : null}
          <Link to={link(step.id)}>{step.name}</Link>
        </span>
      ))}
    </nav>
  );
}

function Page({ unit }: { unit: UnitWithPaths }) {
  const words = useVocabulary();
  const typeOf = useUnitType();
  const seeNames = useMay('member_names_read');
  const mayOpened = useMay('opened_names_read');
  const seeMatters = useMay('matter_read');
  const { me } = useSession();
  // Groups below a branch are not open to who may only see the branch itself.
  const below = me.grants.some(
    (grant) => grant.scope === 'subtree' && unit.path.some((step) => step.id === grant.unit),
  );
  const seeOpened = mayOpened && me.grants.some((grant) => grant.unit === unit.id);
  const hasMembers =
    words.data?.unit_types.find((type) => type.code === unit.type)?.has_members ?? false;
  // All of it at once, so that nothing moves when a part comes late.
  const parts = usePartsOf(unit, { below, roll: hasMembers && seeNames, opened: seeOpened });
  if (parts.some((part) => part.isLoading)) return <Bones lines={14} />;
  return (
    <>
      <Path steps={unit.path.filter((step) => step.id !== unit.id)} link={(id) => `/units/${id}`} />
      <div className="page-head">
        <div>
          <h1>{unit.name}</h1>
          <p>
            {typeOf(unit.type)}
            {unit.seat_path.length > 0
              ? ` · ${unit.seat_path
                  .filter((step) => step.id.startsWith('d'))
                  .map((step) => step.name)
                  .join(' ')}`
              : ''}
          </p>
        </div>
        <div className="row">
          <ButtonLink to={`/standing/${unit.id}`} icon="standing">
            {t('unit.standing')}
          </ButtonLink>
          <ButtonLink to={`/records?unit=${unit.id}`} icon="record">
            {t('unit.records')}
          </ButtonLink>
          {seeMatters ? (
            <ButtonLink to={`/matters?unit=${unit.id}`} icon="ledger">
              {t('unit.ledger')}
            </ButtonLink>
          ) : null}
        </div>
      </div>
      <div className="columns">
        <div className="stack">
          {unit.has_children && below ? <Children unit={unit} /> : null}
          <Posts unit={unit} />
          {hasMembers && seeNames ? <Roll unit={unit} /> : null}
        </div>
        <div className="stack">
          <Facts unit={unit} />
          <History unit={unit} />
          {seeOpened ? <Opened unit={unit} /> : null}
        </div>
      </div>
    </>
  );
}

function usePartsOf(unit: Unit, wanted: { below: boolean; roll: boolean; opened: boolean }) {
  const path = `/units/${unit.id}`;
  return [
    useGet(`${path}/children`, { limit: 500 }, unit.has_children && wanted.below),
    useGet(`${path}/posts`),
    useGet(`${path}/roll`, { limit: 500 }, wanted.roll),
    useGet(`${path}/history`),
    useGet(`${path}/opened-names`, {}, wanted.opened),
  ];
}

function Facts({ unit }: { unit: UnitWithPaths }) {
  const words = useVocabulary();
  const level = words.data?.levels.find((one) => one.number === unit.level)?.title;
  const lines: [string, string | null | undefined][] = [
    [t('unit.level'), level],
    [t('unit.rank'), unit.rank ? titleIn(words.data?.ranks, unit.rank) : null],
    [t('unit.code'), unit.code],
    [t('unit.go_live'), unit.go_live],
    [t('unit.since'), unit.from],
    [t('unit.until'), unit.until],
  ];
  return (
    <section className="card">
      <header>
        <h2>{t('unit.facts')}</h2>
      </header>
      <dl className="facts body num">
        {lines
          .filter(([, value]) => value)
          .map(([name, value]) => [
            <dt key={`${name} name`}>{name}</dt>,
            <dd key={name}>{value}</dd>,
          ])}
      </dl>
    </section>
  );
}

function Children({ unit }: { unit: Unit }) {
  const typeOf = useUnitType();
  const children = useGet<UnitList>(`/units/${unit.id}/children`, { limit: 500 });
  return (
    <section className="card">
      <header>
        <h2>{t('unit.children')}</h2>
        <div className="row">
          {children.data ? (
            <span className="muted num">{t('unit.n', { n: children.data.items.length })}</span>
          ) : null}
          <ExportButton
            name={`${unit.name} ${t('unit.children')}`}
            columns={[
              { head: t('record.units'), value: (one: Unit) => one.name },
              { head: t('unit.kind'), value: (one: Unit) => typeOf(one.type) },
              { head: t('unit.code'), value: (one: Unit) => one.code },
              { head: t('unit.go_live'), value: (one: Unit) => one.go_live },
            ]}
            rows={children.data?.items}
            asOf={children.data?.as_of}
            filter={[unit.name]}
          />
        </div>
      </header>
      <ReasonGate
        error={children.error}
        path={`/units/${unit.id}/children`}
        done={() => void children.refetch()}
      >
        <Loaded of={children} lines={4}>
          {(list) => (
            <ul className="lines">
              {list.items.map((one) => (
                <li key={one.id} className="row between" style={{ padding: '8px 16px' }}>
                  <Link to={`/units/${one.id}`}>{one.name}</Link>
                  <span className="muted small">{typeOf(one.type)}</span>
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </ReasonGate>
    </section>
  );
}

const holdersOf = (post: Post) =>
  post.holders.map((one) => one.name ?? t('unit.name_closed')).join(comma()) || t('unit.vacant');

function Posts({ unit }: { unit: Unit }) {
  const posts = useGet<PostList>(`/units/${unit.id}/posts`);
  return (
    <section className="card">
      <header>
        <h2>{t('unit.posts')}</h2>
        <ExportButton
          name={`${unit.name} ${t('unit.posts')}`}
          columns={[
            { head: t('unit.post'), value: (post: Post) => post.title },
            { head: t('unit.holder'), value: holdersOf },
            { head: t('unit.since'), value: (post: Post) => post.holders[0]?.from },
          ]}
          rows={posts.data?.items}
          asOf={posts.data?.as_of}
          filter={[unit.name]}
        />
      </header>
      <Loaded of={posts} lines={3}>
        {(list) =>
          list.items.length === 0 ? (
            <Empty name="posts" icon="user" />
          ) : (
            <table className="table">
              <thead>
                <tr>
                  <th>{t('unit.post')}</th>
                  <th>{t('unit.holder')}</th>
                  <th>{t('unit.since')}</th>
                </tr>
              </thead>
              <tbody>
                {list.items.map((post) => (
                  <tr key={post.id}>
                    <td>{post.title}</td>
                    <td>
                      {post.holders.length === 0 ? (
                        <span className="tag warn">{t('unit.vacant')}</span>
                      ) : (
                        post.holders.map((one) => (
                          <div key={one.id}>
                            {one.name ?? t('unit.name_closed')}
                            {one.acting ? <span className="tag">{t('mark.acting')}</span> : null}
                          </div>
                        ))
                      )}
                    </td>
                    <td className="num">{post.holders[0]?.from}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </section>
  );
}

function Roll({ unit }: { unit: Unit }) {
  const words = useVocabulary();
  const roll = useGet<RollList>(`/units/${unit.id}/roll`, { limit: 500 });
  return (
    <section className="card">
      <header>
        <h2>{t('unit.roll')}</h2>
        <div className="row">
          {roll.data ? (
            <span className="muted num">{t('record.people', { n: roll.data.items.length })}</span>
          ) : null}
          <ExportButton
            name={`${unit.name} ${t('unit.roll')}`}
            columns={[
              { head: t('unit.member'), value: (one: Membership) => one.name },
              {
                head: t('unit.kind'),
                value: (one: Membership) => titleIn(words.data?.membership_kinds, one.kind),
              },
              { head: t('unit.since'), value: (one: Membership) => one.from },
            ]}
            rows={roll.data?.items}
            asOf={roll.data?.as_of}
            filter={[unit.name]}
          />
        </div>
      </header>
      <Loaded of={roll} lines={5}>
        {(list) => (
          <div
            style={{ maxHeight: 480, overflowY: 'auto' }}
            tabIndex={0}
            role="region"
            aria-label={t('unit.roll')}
          >
            <table className="table">
              <thead>
                <tr>
                  <th>{t('unit.member')}</th>
                  <th>{t('unit.kind')}</th>
                  <th>{t('unit.since')}</th>
                </tr>
              </thead>
              <tbody>
                {list.items.map((one) => (
                  <tr key={one.id}>
                    <td className="num">{one.name}</td>
                    <td>
                      {titleIn(words.data?.membership_kinds, one.kind)}
                      {one.floating ? <span className="tag">{t('present.floating')}</span> : null}
                    </td>
                    <td className="num">{one.from}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </section>
  );
}

function History({ unit }: { unit: Unit }) {
  const typeOf = useUnitType();
  const history = useGet<UnitHistory>(`/units/${unit.id}/history`);
  return (
    <section className="card">
      <header>
        <h2>{t('unit.history')}</h2>
      </header>
      <Loaded of={history} lines={3}>
        {(past) => (
          <dl className="facts body">
            {past.names.map((one) => [
              <dt key={`${one.from} name`} className="num">
                {one.from}
              </dt>,
              <dd key={one.from}>{t('unit.was_named', { name: one.name })}</dd>,
            ])}
            {past.kinds.slice(1).map((one) => [
              <dt key={`${one.from} kind`} className="num">
                {one.from}
              </dt>,
              <dd key={`${one.from} k`}>{typeOf(one.type)}</dd>,
            ])}
            {past.parents.map((one) => [
              <dt key={`${one.from} parent`} className="num">
                {one.from}
              </dt>,
              <dd key={`${one.from} p`}>
                {one.parent ? (
                  <>
                    {t('unit.was_below')} <UnitName id={one.parent} />
                  </>
                ) : (
                  t('unit.was_top')
                )}
              </dd>,
            ])}
            {past.relations.map((one) => [
              <dt key={`${one.id} relation`} className="num">
                {one.from}
              </dt>,
              <dd key={one.id}>
                {wordOf('relation', one.kind)} <Target id={one.target} />
              </dd>,
            ])}
          </dl>
        )}
      </Loaded>
    </section>
  );
}

// The other end of a relation: a unit, a place, or a post, which its own unit names with its holder.
function Target({ id }: { id: string }) {
  const place = useGet<PlaceWithPath>(`/places/${id}`, {}, id.startsWith('d'), 600_000);
  if (id.startsWith('u')) return <UnitName id={id} />;
  if (id.startsWith('o')) return <>{t('unit.some_post')}</>;
  return <>{place.data?.name ?? null}</>;
}

function Opened({ unit }: { unit: Unit }) {
  const opened = useGet<OpenedNamesList>(`/units/${unit.id}/opened-names`);
  if (!opened.data || opened.data.items.length === 0) return null;
  return (
    <section className="card">
      <header>
        <h2>{t('unit.opened')}</h2>
      </header>
      <ul className="lines">
        {opened.data.items.map((one) => (
          <li key={one.at + one.account} style={{ padding: '8px 16px' }}>
            <p>{one.reason}</p>
            <p className="muted small num">
              {one.account_name} · {instant(one.at)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
