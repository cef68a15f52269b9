// Why a verdict is what it is: what counted, what did not and why, by when, by which clause, and
// what would mend it. The sentences come from the server.
import { Link } from 'react-router';
import type { ClauseCited, Column, Explanation, Record as Entry, TestFound } from '@/api/types';
import { useGet } from '@/api/hooks';
import { useMay } from '@/app/session';
import { t, wordOf } from '@/i18n/i18n';
import { comma, fullDay, instant } from '@/i18n/format';
import { say } from '@/rooms/record/say';
import { typeTitle, useRecordTypes } from '@/rooms/record/types';
import { Loaded } from '@/ui/states';
import { VerdictWord } from '@/ui/verdict';
import { AlsoServed } from './served';

export function Explain(props: { bearer: string; column: Column; at: string | null }) {
  const { bearer, column, at } = props;
  const explanation = useGet<Explanation>('/explanations', {
    bearer,
    obligation: column.obligation,
    period: column.period,
    at,
  });
  return (
    <Loaded of={explanation} lines={9}>
      {(why) => <Why why={why} />}
    </Loaded>
  );
}

/** One explanation, whole. */
export function Why({ why }: { why: Explanation }) {
  return (
    <div className="why">
      <section>
        <p>
          <VerdictWord verdict={why.verdict} mayStill={why.may_still_be_done} marks={why.marks} />
        </p>
        <p className="say">{why.sentence}</p>
        {[why.fix, why.fix_late].map((fix) =>
          fix ? (
            <p key={fix.sentence} className="notice" style={{ marginTop: 10 }}>
              {fix.sentence}
            </p>
          ) : null,
        )}
        <Mend why={why} />
      </section>
      <Counted why={why} />
      <Dates why={why} />
      <Rule why={why} />
      <p className="muted small" style={{ paddingTop: 12 }}>
        {t('why.evaluated', {
          at: instant(why.as_of.known_at),
          pack: why.evaluated.pack,
          calendar: why.evaluated.calendar_revision,
        })}{' '}
        {t('record.not_how_good')}
      </p>
    </div>
  );
}

// Where nothing further is to be done but what was entered is not as it should be.
function Mend({ why }: { why: Explanation }) {
  const poor = flat(why.test)
    .filter((test) => !done.includes(test.result))
    .flatMap((test) => test.rejected)
    .filter((one) => one.why === 'quality' || one.why === 'nonconforming')
    .map((one) => one.record);
  if (why.fix || why.fix_late || poor.length === 0) return null;
  return (
    <p className="notice" style={{ marginTop: 10 }}>
      {t('why.mend', { records: [...new Set(poor)].join(comma()) })}
    </p>
  );
}

const flat = (test: TestFound): TestFound[] => [test, ...test.parts.flatMap(flat)];
const both = (test: TestFound) => Number(test.have) + Number(test.have_late);

function Counted({ why }: { why: Explanation }) {
  const tests = why.test.parts.length > 0 ? flat(why.test).slice(1) : [why.test];
  const left = tests.filter((test) => !done.includes(test.result));
  const folds = left.length > 0 && tests.length - left.length > few;
  const shown = folds ? left : [...left, ...tests.filter((test) => !left.includes(test))];
  return (
    <section>
      {shown.map((test, i) => (
        <TestShown key={test.id || i} test={test} why={why} alone={shown.length === 1} />
      ))}
      {folds ? (
        <details style={{ marginTop: 12 }}>
          <summary>{t('why.done_ones', { n: tests.length - left.length })}</summary>
          {tests
            .filter((test) => !left.includes(test))
            .map((test, i) => (
              <TestShown key={test.id || i} test={test} why={why} alone={false} />
            ))}
        </details>
      ) : null}
    </section>
  );
}

const done = ['met', 'met_late', 'within', 'not_applicable'];

function TestShown(props: { test: TestFound; why: Explanation; alone: boolean }) {
  const { test, why } = props;
  const near = props.alone ? test.counted.length <= few : why.test.parts.length <= few;
  return (
    <div className="test-shown">
      <h3>
        {test.say ? `${test.say} · ` : ''}
        {t('why.counted', { have: both(test), need: String(test.need) })}
      </h3>
      {test.counted.length === 0 ? <p className="muted">{t('why.nothing_counted')}</p> : null}
      <ul>
        {test.counted.map((one) => (
          <CountedLine
            key={`${one.record} ${one.version}`}
            one={one}
            besides={why.obligation.address}
            near={near && test.counted.length <= few}
          />
        ))}
      </ul>
      {test.rejected.length > 0 ? (
        <>
          <h3 style={{ marginTop: 12 }}>{t('why.rejected')}</h3>
          <ul>
            {test.rejected.map((one) => (
              <li key={`${one.record} ${one.why}`}>
                <Link to={`/records/${one.record}`}>{one.record}</Link>{' '}
                <span className="num">{one.date}</span> <span className="muted">{one.say}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}

// So many are told of with what they say; of more only the day.
const few = 6;

function CountedLine(props: { one: TestFound['counted'][number]; besides: string; near: boolean }) {
  const { one } = props;
  const may = useMay('record_read');
  const types = useRecordTypes();
  const record = useGet<Entry>(`/records/${one.record}`, {}, may && props.near, 60_000).data;
  return (
    <li className="counted">
      <div className="row">
        <Link to={`/records/${one.record}`}>
          {record
            ? record.types.map((type) => typeTitle(types.data?.items, type)).join(comma())
            : null}{' '}
          <span className="num">{fullDay(one.date)}</span>
        </Link>
        <span className="muted small num">{one.record}</span>
        {one.late ? <span className="tag warn">{t('why.late')}</span> : null}
        {one.entered_late ? <span className="tag">{t('mark.entered_late')}</span> : null}
      </div>
      {record ? <p className="small">{say(record, types.data?.items)}</p> : null}
      {record ? <AlsoServed record={record} besides={props.besides} /> : null}
    </li>
  );
}

function Dates({ why }: { why: Explanation }) {
  const { schedule, leave } = why;
  if (!schedule) return null;
  return (
    <section>
      <h3>{t('why.dates')}</h3>
      <dl className="facts">
        <dt>{t('why.period')}</dt>
        <dd className="num">{t('why.from', { from: why.period.from, until: why.period.until })}</dd>
        <dt>{t('why.act')}</dt>
        <dd className="num">
          {fullDay(schedule.act)}
          {schedule.provisional ? <span className="tag">{t('mark.provisional')}</span> : null}
        </dd>
        <dt>{t('why.enter')}</dt>
        <dd className="num">{fullDay(schedule.enter)}</dd>
      </dl>
      {schedule.enter_steps.length > 0 ? (
        <p className="muted small">
          {t('why.steps', { days: schedule.enter_steps.join(comma()) })}
        </p>
      ) : null}
      {leave ? (
        <p className="notice">
          {t(`exemption.kind.${leave.kind}`)} {leave.act} <span className="muted">{leave.id}</span>
        </p>
      ) : null}
    </section>
  );
}

function Rule({ why }: { why: Explanation }) {
  return (
    <section>
      <h3>{t('why.rule')}</h3>
      {why.obligation.sentence ? <p className="reading">{why.obligation.sentence}</p> : null}
      <p className="row" style={{ gap: 4, marginTop: 6 }}>
        {(why.obligation.clauses ?? []).map((clause) => (
          <ClauseTag key={clause.id} clause={clause} />
        ))}
      </p>
      <ul style={{ marginTop: 8 }}>
        {why.parameters.map((one) => (
          <li key={one.address}>
            {one.title} <b>{one.say}</b>{' '}
            <span className={`tag ${one.basis === 'assumed' ? 'warn' : ''}`}>
              {wordOf('basis', one.basis)}
            </span>
            {one.note ? <p className="muted small">{one.note}</p> : null}
          </li>
        ))}
      </ul>
      {why.lines.length > 0 ? (
        <details style={{ marginTop: 8 }}>
          <summary>{t('why.in_full')}</summary>
          <ul className="full small">
            {why.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

const clauseId = (clause: ClauseCited | string) =>
  typeof clause === 'string' ? clause : clause.id;

export function ClauseTag({ clause }: { clause: ClauseCited | string }) {
  const hole = typeof clause === 'string' ? null : clause.hole;
  return (
    <span className={`tag ${hole ? 'warn' : ''}`} title={hole ?? undefined}>
      {clauseId(clause)}
    </span>
  );
}
