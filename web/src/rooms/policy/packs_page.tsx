// The packs that this installation knows, and which of them are in force.
import { Link } from 'react-router';
import type { PackList } from '@/api/types';
import { useGet } from '@/api/hooks';
import { t, wordOf } from '@/i18n/i18n';
import { Empty, Loaded } from '@/ui/states';
import { Wrap } from '@/ui/wrap';

export function Component() {
  const packs = useGet<PackList>('/packs');
  return (
    <div className="page">
      <div className="page-head">
        <div>
          <h1>{t('policy.title')}</h1>
          <p>{t('policy.text')}</p>
        </div>
      </div>
      <Loaded of={packs}>
        {(list) =>
          list.items.length === 0 ? (
            <Empty name="packs" icon="policy" />
          ) : (
            <Wrap label={t('policy.title')}>
              <table className="table">
                <thead>
                  <tr>
                    <th>{t('policy.pack')}</th>
                    <th>{t('policy.version')}</th>
                    <th>{t('policy.status')}</th>
                    <th>{t('policy.in_force')}</th>
                  </tr>
                </thead>
                <tbody>
                  {list.items.map((pack) => (
                    <tr key={`${pack.id} ${pack.version}`}>
                      <td>
                        <Link to={`/policy/${pack.id}`}>{pack.title}</Link>{' '}
                        <code className="muted small">{pack.id}</code>
                      </td>
                      <td className="num">{pack.version}</td>
                      <td>{wordOf('pack_status', pack.status)}</td>
                      <td className="num">
                        {pack.active ? (
                          t('policy.since', { day: pack.active.from })
                        ) : (
                          <span className="muted">{t('policy.not_active')}</span>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Wrap>
          )
        }
      </Loaded>
    </div>
  );
}
