// A branch's own page: its duties with what of what, one under the other.
import type { UseQueryResult } from '@tanstack/react-query';
import type { Standing } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { fullDay, instant, periodTitle, relativeDay } from '@/i18n/format';
import { Loaded } from '@/ui/states';
import { Wrap } from '@/ui/wrap';
import { VerdictWord } from '@/ui/verdict';
import { StandingFilters, useStandingView } from './standing_filters';
import type { Opened } from './standing_page';

export function BranchStanding(props: {
  node: string;
  own: UseQueryResult<Standing>;
  open: (opened: Opened) => void;
}) {
  const { me } = useSession();
  const view = useStandingView();
  return (
    <>
      <StandingFilters columns={props.own.data?.columns ?? []} />
      <Loaded of={props.own} lines={10}>
        {(standing) => {
          const shown = view.columns(standing.columns);
          return (
            <>
              <Wrap label={t('standing.table')}>
                <table className="table">
                  <thead>
                    <tr>
                      <th>{t('standing.duty')}</th>
                      <th className="end">{t('standing.done_of_due')}</th>
                      <th>{t('standing.verdict')}</th>
                      <th>{t('standing.by')}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {shown.map((column) => {
                      const cell = standing.cells[standing.columns.indexOf(column)];
                      const by =
                        column.perform_by >= me.today ? column.perform_by : column.enter_by;
                      return (
                        <tr key={`${column.obligation} ${column.period}`}>
                          <td>
                            {cell ? (
                              <button
                                type="button"
                                className="link"
                                onClick={() => props.open({ node: standing.node, column, cell })}
                              >
                                {column.title}
                              </button>
                            ) : (
                              column.title
                            )}{' '}
                            <span className="muted small">{periodTitle(column.period)}</span>
                          </td>
                          <td className="end num">
                            {!cell || cell.due === 0 ? (
                              <span className="muted">
                                {t(cell ? 'standing.nothing_due' : 'standing.withheld')}
                              </span>
                            ) : (
                              `${cell.done}/${cell.due} ${column.counted_in}`
                            )}
                          </td>
                          <td>
                            {cell?.worst ? (
                              <VerdictWord
                                verdict={cell.worst}
                                marks={cell.entered_late > 0 ? ['entered_late'] : []}
                              />
                            ) : null}
                          </td>
                          <td className="num small">
                            {column.ended ? (
                              <span className="muted">{t('standing.ended')}</span>
                            ) : (
                              <>
                                {fullDay(by)}{' '}
                                <span className="muted">{relativeDay(by, me.today)}</span>
                              </>
                            )}
                          </td>
                        </tr>
                      );
                    })}
                  </tbody>
                </table>
              </Wrap>
              <p className="as-of" style={{ marginTop: 8 }}>
                {t('state.as_of', { at: instant(standing.as_of.known_at) })}
              </p>
            </>
          );
        }}
      </Loaded>
    </>
  );
}
