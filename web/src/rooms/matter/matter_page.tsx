// One matter: what it says, where it stands and by when, what may be done now, and everything that
// happened to it.
import { useState } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import { useGet } from '@/api/hooks';
import type { MatterType, MatterWhole, NamedUnit } from '@/api/types';
import { t } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { nameOf } from '@/rooms/org/unit_name';
import { FieldShown } from '@/rooms/record/field_shown';
import { FileName } from '@/rooms/record/fields';
import '@/rooms/record/record.css';
import { Button } from '@/ui/button';
import { Bones, Loaded } from '@/ui/states';
import { Ballots } from './ballots';
import { Clocks } from './clocks';
import { EditForm } from './edit_form';
import { LookBack } from './look_back';
import { Relapse } from './relapse';
import { LatenessMark, StateMark, UrgentMark } from './marks';
import './matter.css';
import { Moves } from './moves';
import { useOwnRoll } from './names';
import { RemindButton } from './reminding';
import { contentField, contentOf, isExtended, stateIn } from './say';
import { Below, GroupButtons, Merged } from './related';
import { SheetMenu } from './sheet_menu';
import { Timeline, whatOf } from './timeline';
import { fieldsOf, useMatterTypes } from './types';

export function Component() {
  const { id = '' } = useParams();
  const matter = useGet<MatterWhole>(`/matters/${id}`);
  const types = useMatterTypes();
  return (
    <div className="page matter-page">
      <Loaded of={matter} lines={14}>
        {(one) =>
          types.isLoading ? (
            <Bones lines={14} />
          ) : (
            <Whole
              key={one.id}
              matter={one}
              type={types.data?.items.find((type) => type.name === one.type)}
              types={types.data?.items ?? []}
            />
          )
        }
      </Loaded>
    </div>
  );
}

function Whole(props: { matter: MatterWhole; type: MatterType | undefined; types: MatterType[] }) {
  const { matter, type, types } = props;
  const location = useLocation();
  const opened = (location.state as { opened?: boolean } | null)?.opened === true;
  const [said, setSaid] = useState(opened ? t('matter.opened_as', { id: matter.id }) : '');
  return (
    <>
      <Head matter={matter} type={type} said={setSaid} />
      {said ? (
        <p className="notice met" role="status">
          {said}
        </p>
      ) : null}
      <Stale matter={matter} />
      <Merged matter={matter} types={types} />
      <div className="matter-columns">
        <Moves
          matter={matter}
          type={type}
          done={(move, changed) =>
            setSaid(t('matter.moved', { move: move.title, state: stateIn(type, changed.state) }))
          }
        />
        <div className="matter-said stack">
          <Ballots matter={matter.id} done={setSaid} />
          <LookBack matter={matter} type={type} done={setSaid} />
          <Relapse matter={matter} types={types} done={setSaid} />
          <Clocks matter={matter} type={type} done={setSaid} />
          <Below matter={matter} types={types} />
          <Facts matter={matter} />
          <Content matter={matter} type={type} />
        </div>
        <section className="card matter-line">
          <header>
            <h2>{t('matter.timeline')}</h2>
            <span className="muted num">{t('matter.steps', { n: matter.timeline.length })}</span>
          </header>
          <div className="body">
            <Timeline of={matter} type={type} />
          </div>
        </section>
      </div>
      <p className="as-of" style={{ marginTop: 8 }}>
        {t('state.as_of', { at: instant(matter.as_of.known_at) })}
      </p>
    </>
  );
}

// What nobody has looked at since it was reviewed.
function Stale({ matter }: { matter: MatterWhole }) {
  const review = matter.review;
  if (!review?.since) return null;
  return (
    <p className="notice warn" role="note">
      {t('matter.stale.what', {
        move: review.title,
        at: instant(review.at),
        what: review.changed.map((one) => one.title).join(t('list.comma')),
        since: instant(review.since),
      })}
    </p>
  );
}

function Head(props: {
  matter: MatterWhole;
  type: MatterType | undefined;
  said: (text: string) => void;
}) {
  const { matter, type } = props;
  const [editing, setEditing] = useState(false);
  return (
    <>
      <nav aria-label={t('unit.path')} className="path small">
        <Link to="/matters">{t('place.ledger')}</Link>
        <span className="muted"> › </span>
        <Link to={`/matters?unit=${matter.unit.id}`}>{nameOf(matter.unit)}</Link>
        {matter.parent ? (
          <>
            <span className="muted"> › </span>
            <Link to={`/matters/${matter.parent}`}>
              {t('matter.parent', { id: matter.parent })}
            </Link>
          </>
        ) : null}
      </nav>
      <div className="page-head">
        <div className="grow">
          <h1>{contentOf(matter, type)}</h1>
          <p className="row">
            <StateMark matter={matter} />
            {matter.urgent && matter.is_open ? <UrgentMark /> : null}
            <LatenessMark matter={matter} />
            <span>
              {matter.type_title} · {t('record.number_is', { id: matter.id })}
              {matter.number ? ` · ${t('matter.own_number', { number: matter.number })}` : ''}
            </span>
            {matter.reminded > 0 ? (
              <span>{t('reminder.times', { n: matter.reminded })}</span>
            ) : null}
          </p>
        </div>
        <div className="row">
          <RemindButton
            matters={[matter]}
            label={t('reminder.action')}
            done={(n) => props.said(t('reminder.sent', { n }))}
          />
          {type ? <SheetMenu matter={matter} type={type} /> : null}
          <GroupButtons matter={matter} type={type} done={props.said} />
          {matter.may_edit && type ? (
            <Button icon="edit" onClick={() => setEditing(true)}>
              {t('matter.edit.action')}
            </Button>
          ) : null}
        </div>
      </div>
      {editing && type ? (
        <EditForm
          matter={matter}
          type={type}
          close={() => setEditing(false)}
          done={() => {
            setEditing(false);
            props.said(t('matter.edited'));
          }}
        />
      ) : null}
    </>
  );
}

function Facts({ matter }: { matter: MatterWhole }) {
  return (
    <section className="card">
      <header>
        <h2>{t('matter.who_and_when')}</h2>
      </header>
      <dl className="facts body">
        {matter.roles.map((role) => [
          <dt key={`${role.name} title`}>{role.title}</dt>,
          <dd key={role.name}>
            {role.unit ? <RoleUnit unit={role.unit} /> : null}
            {role.persons.map((person, i) => (
              <span key={person ?? i}>
                {' '}
                {role.names[i] ?? <span className="muted">{t('record.hidden')}</span>}
              </span>
            ))}
            {!role.unit && role.persons.length === 0 ? (
              <span className="muted">{t('matter.role_open')}</span>
            ) : null}
          </dd>,
        ])}
        <dt>{t('matter.opened')}</dt>
        <dd className="num">{fullDay(matter.opened)}</dd>
        <dt>{t('matter.due')}</dt>
        <dd>
          <Deadline matter={matter} />
        </dd>
      </dl>
    </section>
  );
}

// A link only where there is something to open.
const RoleUnit = ({ unit }: { unit: NamedUnit }) =>
  unit.name ? <Link to={`/units/${unit.id}`}>{unit.name}</Link> : <span>{nameOf(unit)}</span>;

// The deadline as it stands and every one before it, with who changed it and why.
function Deadline({ matter }: { matter: MatterWhole }) {
  if (!matter.due) return <span className="muted">{t('matter.due.none')}</span>;
  const set = matter.timeline.filter((step) => step.due?.to);
  return (
    <>
      <p className="row">
        <strong className="num">{fullDay(matter.due)}</strong>
        <LatenessMark matter={matter} />
      </p>
      {isExtended(matter) ? (
        <ol className="small muted due-history" aria-label={t('matter.due.history')}>
          {set.map((step) => (
            <li key={step.version}>
              <span className="num">{step.due?.to}</span> {whatOf(step)}{' '}
              <span className="num">({instant(step.at)})</span>
              {step.reason ? t('list.aside', { text: step.reason }) : ''}
            </li>
          ))}
        </ol>
      ) : null}
    </>
  );
}

// Those whom a role names, and those on one's own roll.
function usePeople(matter: MatterWhole): (person: string) => string {
  const roll = useOwnRoll(matter.unit.id);
  const named = new Map(
    matter.roles.flatMap((role) => role.persons.map((person, i) => [person, role.names[i]])),
  );
  return (person) =>
    named.get(person) ??
    roll.data?.find((one) => one.person === person)?.name ??
    t('record.hidden');
}

function Content({ matter, type }: { matter: MatterWhole; type: MatterType | undefined }) {
  const people = usePeople(matter);
  const isFilled = (value: unknown) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
  const fields = fieldsOf(type, matter);
  const filled = fields.filter((field) => isFilled(matter.fields[field.name]));
  const empty = fields.filter((field) => !isFilled(matter.fields[field.name]));
  const about = contentField(type)?.name;
  const units = new Map(matter.units.map((unit) => [unit.id, unit] as const));
  return (
    <section className="card">
      <header>
        <h2>{t('matter.content')}</h2>
      </header>
      <div className="body stack">
        <dl className="facts">
          {filled
            .filter((field) => field.name !== about)
            .map((field) => (
              <FieldShown
                key={field.name}
                field={field}
                value={matter.fields[field.name]}
                people={people}
                units={units}
              />
            ))}
          {matter.evidence.length > 0 ? (
            <>
              <dt>{t('matter.evidence')}</dt>
              <dd>
                <ul>
                  {matter.evidence.map((id) => (
                    <li key={id}>
                      <FileName id={id} />
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          ) : null}
        </dl>
        {empty.length > 0 ? (
          <p className="small muted">
            {t('matter.not_filled', {
              fields: empty.map((field) => field.title).join(t('list.comma')),
            })}
          </p>
        ) : null}
        <p className="muted small">{t('matter.not_how_good')}</p>
      </div>
    </section>
  );
}
