// Why a verdict is what it is: what counted, what did not and why, by when, by which clause, and
// what would mend it. The sentences come from the server.
import { Link } from 'react-router';
import type { Clause, Column, Explanation, Test } from '@/api/contract';
import { useGet } from '@/api/hooks';
import { t, wordOf } from '@/i18n/i18n';
import { fullDay, instant } from '@/i18n/format';
import { Loaded } from '@/ui/states';
import { VerdictWord } from '@/ui/verdict';

export function Explain({ bearer, column }: { bearer: string; column: Column }) {
  const explanation = useGet<Explanation>('/explanations', {
    bearer,
    obligation: column.obligation,
    period: column.period,
  });
  return (
    <Loaded of={explanation} lines={9}>
      {(why) => (
        <div className="why">
          <section>
            <p>
              <VerdictWord
                verdict={why.verdict}
                mayStill={why.may_still_be_done}
                marks={why.marks}
              />
            </p>
            <p className="say">{why.sentence}</p>
            {why.fix ? (
              <p className="notice" style={{ marginTop: 10 }}>
                {why.fix.sentence}
              </p>
            ) : null}
          </section>
          <Counted why={why} />
          <Dates why={why} />
          <Rule why={why} />
          <p className="muted small" style={{ paddingTop: 12 }}>
            {t('explain.evaluated', {
              at: instant(why.as_of.known_at),
              pack: why.evaluated.pack,
              calendar: why.evaluated.calendar_revision,
            })}{' '}
            {t('record.not_how_good')}
          </p>
        </div>
      )}
    </Loaded>
  );
}

const flat = (test: Test): Test[] => [test, ...test.parts.flatMap(flat)];

function Counted({ why }: { why: Explanation }) {
  const all = flat(why.test);
  const counted = all.flatMap((test) => test.counted);
  const rejected = all.flatMap((test) => test.rejected);
  return (
    <section>
      <h3>
        {t('explain.counted', { have: why.test.have + why.test.have_late, need: why.test.need })}
      </h3>
      {counted.length === 0 ? <p className="muted">{t('explain.nothing_counted')}</p> : null}
      <ul>
        {counted.map((one) => (
          <li key={`${one.record} ${one.version}`} className="row">
            <Link to={`/records/${one.record}`}>{one.record}</Link>
            <span className="num">{fullDay(one.date)}</span>
            {one.late ? <span className="tag warn">{t('verdict.met_late')}</span> : null}
            {one.entered_late ? <span className="tag">{t('mark.entered_late')}</span> : null}
          </li>
        ))}
      </ul>
      {rejected.length > 0 ? (
        <>
          <h3 style={{ marginTop: 12 }}>{t('explain.rejected')}</h3>
          <ul>
            {rejected.map((one) => (
              <li key={`${one.record} ${one.why}`}>
                <Link to={`/records/${one.record}`}>{one.record}</Link>{' '}
                <span className="num">{one.date}</span> <span className="muted">{one.say}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function Dates({ why }: { why: Explanation }) {
  const { schedule } = why;
  return (
    <section>
      <h3>{t('explain.dates')}</h3>
      <dl className="facts">
        <dt>{t('explain.period')}</dt>
        <dd className="num">
          {t('explain.from', { from: why.period.from, until: why.period.until })}
        </dd>
        <dt>{t('explain.act')}</dt>
        <dd className="num">
          {fullDay(schedule.act)}
          {schedule.provisional ? <span className="tag">{t('mark.provisional')}</span> : null}
        </dd>
        <dt>{t('explain.enter')}</dt>
        <dd className="num">{fullDay(schedule.enter)}</dd>
      </dl>
      {schedule.enter_steps.length > 0 ? (
        <p className="muted small num">
          {t('explain.steps', { days: schedule.enter_steps.join('、') })}
        </p>
      ) : null}
      {why.leave ? (
        <p className="notice">
          {wordOf('exemption.kind', why.leave.kind)} {why.leave.note ?? ''}
        </p>
      ) : null}
    </section>
  );
}

function Rule({ why }: { why: Explanation }) {
  return (
    <section>
      <h3>{t('explain.rule')}</h3>
      <p>{why.obligation.sentence}</p>
      <p className="row" style={{ marginTop: 6 }}>
        {why.obligation.clauses.map((clause) => (
          <ClauseTag key={clauseId(clause)} clause={clause} />
        ))}
      </p>
      {why.parameters.length > 0 ? (
        <ul style={{ marginTop: 8 }}>
          {why.parameters.map((one) => (
            <li key={one.address}>
              {one.title} <b>{String(one.value)}</b>{' '}
              <span className="muted small">{wordOf('basis', one.basis)}</span>
              {one.note ? <p className="muted small">{one.note}</p> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {why.in_scope_because.length > 0 ? (
        <details style={{ marginTop: 8 }}>
          <summary>{t('explain.in_scope')}</summary>
          <ul className="small">
            {why.in_scope_because.map((one) => (
              <li key={one.path}>
                <code>{one.path}</code> = {JSON.stringify(one.value)}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

const clauseId = (clause: Clause | string) => (typeof clause === 'string' ? clause : clause.id);

export function ClauseTag({ clause }: { clause: Clause | string }) {
  const hole = typeof clause === 'string' ? null : clause.hole;
  return (
    <span className={`tag ${hole ? 'warn' : ''}`} title={hole ?? undefined}>
      {clauseId(clause)}
    </span>
  );
}
