// A pack, read only: what its clauses were made into, in sentences, with the parameters they use.
import { useState } from 'react';
import { useParams } from 'react-router';
import type { PackClause, PackDetails, PackParameter } from '@/api/types';
import { useGet } from '@/api/hooks';
import { ClauseTag } from '@/rooms/compliance/explain';
import { t, wordOf } from '@/i18n/i18n';
import { typeTitle, useRecordTypes } from '@/rooms/record/types';
import { Empty, Loaded } from '@/ui/states';
import { Wrap } from '@/ui/wrap';

const parts = ['obligations', 'parameters', 'clauses', 'record_types'] as const;

export function Component() {
  const { pack = '' } = useParams();
  const found = useGet<PackDetails>(`/packs/${pack}`);
  const [part, setPart] = useState<(typeof parts)[number]>('obligations');
  return (
    <div className="page">
      <Loaded of={found}>
        {(one) => (
          <>
            <div className="page-head">
              <div>
                <h1>{one.title}</h1>
                <p>
                  <code>{one.id}</code> {t('policy.version_is', { version: one.version })} ·{' '}
                  {wordOf('pack_status', one.status)}
                </p>
              </div>
            </div>
            <div className="tabs" role="tablist">
              {parts.map((name) => (
                <button
                  key={name}
                  type="button"
                  role="tab"
                  aria-selected={part === name}
                  onClick={() => setPart(name)}
                >
                  {t(`policy.part.${name}`)} <span className="muted num">{one[name].length}</span>
                </button>
              ))}
            </div>
            {one[part].length === 0 ? <Empty name="part" icon="policy" /> : null}
            {part === 'obligations' && one.obligations.length > 0 ? (
              <Obligations pack={one} />
            ) : null}
            {part === 'parameters' && one.parameters.length > 0 ? <Parameters pack={one} /> : null}
            {part === 'clauses' && one.clauses.length > 0 ? <Clauses pack={one} /> : null}
            {part === 'record_types' && one.record_types.length > 0 ? <Types pack={one} /> : null}
          </>
        )}
      </Loaded>
    </div>
  );
}

function ClauseTags({ of }: { of: (PackClause | string)[] }) {
  return (
    <span className="row" style={{ gap: 4 }}>
      {of.map((clause) => (
        <ClauseTag key={typeof clause === 'string' ? clause : clause.id} clause={clause} />
      ))}
    </span>
  );
}

function Obligations({ pack }: { pack: PackDetails }) {
  const types = useRecordTypes();
  return (
    <Wrap label={t('policy.title')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('policy.duty')}</th>
            <th>{t('policy.says')}</th>
            <th>{t('policy.bearer')}</th>
            <th>{t('policy.clauses')}</th>
          </tr>
        </thead>
        <tbody>
          {pack.obligations.map((duty) => (
            <tr key={duty.address}>
              <td style={{ minWidth: 140 }}>
                <strong>{duty.title}</strong>
                <div className="small muted">{duty.address}</div>
              </td>
              <td>
                {duty.record_types.map((type) => typeTitle(types.data?.items, type)).join('、')}
              </td>
              <td>{wordOf('bearer', duty.bearer)}</td>
              <td>
                <ClauseTags of={duty.clauses} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wrap>
  );
}

const valuesOf = (one: PackParameter) => [...one.values, ...one.decided];

function Parameters({ pack }: { pack: PackDetails }) {
  return (
    <Wrap label={t('policy.title')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('policy.parameter')}</th>
            <th>{t('policy.value')}</th>
            <th>{t('policy.basis')}</th>
            <th>{t('policy.note')}</th>
            <th>{t('policy.review')}</th>
            <th>{t('policy.clauses')}</th>
          </tr>
        </thead>
        <tbody>
          {pack.parameters.map((one) => (
            <tr key={one.address}>
              <td style={{ minWidth: 140 }}>
                <strong>{one.title}</strong>
                <div className="small muted">{one.address}</div>
              </td>
              <td className="num">
                {valuesOf(one).map((value) => (
                  <div key={value.from}>
                    <b>
                      {typeof value.value === 'object'
                        ? JSON.stringify(value.value)
                        : String(value.value)}
                    </b>{' '}
                    <span className="muted small">{t('policy.from', { day: value.from })}</span>
                  </div>
                ))}
              </td>
              <td>
                {[...new Set(valuesOf(one).map((value) => value.basis))].map((basis) => (
                  <span key={basis} className={`tag ${basis === 'assumed' ? 'warn' : ''}`}>
                    {wordOf('basis', basis)}
                  </span>
                ))}
              </td>
              <td>
                {valuesOf(one).map((value) => (
                  <p key={value.from + value.basis} className="small">
                    {value.note}
                  </p>
                ))}
              </td>
              <td className="num">{one.review_by}</td>
              <td>
                <ClauseTags of={one.clauses} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wrap>
  );
}

function Clauses({ pack }: { pack: PackDetails }) {
  return (
    <Wrap label={t('policy.title')}>
      <table className="table">
        <thead>
          <tr>
            <th>{t('policy.clause')}</th>
            <th>{t('policy.document')}</th>
            <th>{t('policy.at')}</th>
            <th>{t('policy.hole')}</th>
          </tr>
        </thead>
        <tbody>
          {pack.clauses.map((clause) => (
            <tr key={clause.id}>
              <td className="num">{clause.id}</td>
              <td>{clause.document}</td>
              <td className="num">{clause.at}</td>
              <td>{clause.hole}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wrap>
  );
}

function Types({ pack }: { pack: PackDetails }) {
  return (
    <ul className="card lines">
      {pack.record_types.map((type) => (
        <li key={type.name} style={{ padding: '8px 16px' }}>
          {type.title} <span className="small muted">{type.name}</span>
        </li>
      ))}
    </ul>
  );
}
