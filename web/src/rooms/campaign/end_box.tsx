// A campaign is closed with a stocktake: what of each duty is done, and what stays undone.
import { useState } from 'react';
import { usePost } from '@/api/hooks';
import type { Campaign, Changed } from '@/api/types';
import { useSession } from '@/app/session';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data_table';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';
import type { DutyFigures } from './bars';

const stocktake = (): TableColumn<DutyFigures>[] => [
  { head: t('policy.duty'), cell: ({ column }) => column.title },
  { head: t('campaign.due'), num: true, end: true, cell: ({ cell }) => cell.due },
  { head: t('campaign.done'), num: true, end: true, cell: ({ cell }) => cell.done },
  {
    head: t('campaign.undone'),
    num: true,
    end: true,
    cell: ({ cell }) => <strong>{cell.due - cell.done}</strong>,
  },
  { head: t('verdict.exempt'), num: true, end: true, cell: ({ cell }) => cell.exempt },
];

export function EndBox(props: { campaign: Campaign; figures: DutyFigures[]; close: () => void }) {
  const { me } = useSession();
  const { campaign } = props;
  const [date, setDate] = useState(me.today);
  const [reason, setReason] = useState('');
  const end = usePost<Changed>(`/campaigns/${campaign.id}/end`);
  const send = () =>
    end.mutate(
      { body: { version: campaign.version, date, reason: reason.trim() } },
      { onSuccess: props.close },
    );
  return (
    <Box
      title={t('campaign.end_title', { title: campaign.title ?? campaign.id })}
      close={props.close}
    >
      <div className="stack" style={{ gap: 14 }}>
        <h3>{t('campaign.stocktake')}</h3>
        <DataTable
          label={t('campaign.stocktake')}
          columns={stocktake()}
          rows={props.figures}
          keyOf={({ column }) => `${column.obligation} ${column.period}`}
        />
        <p className="muted">{t('campaign.end_text')}</p>
        <div className="field">
          <label htmlFor="end-date">{t('campaign.end_date')}</label>
          <input
            id="end-date"
            className="text"
            type="date"
            style={{ maxWidth: 200 }}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor="end-reason">{t('record.reason')}</label>
          <input
            id="end-reason"
            className="text"
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        <Refusals error={end.error} />
        <div>
          <Button
            look="danger"
            busy={end.isPending}
            disabled={!date || reason.trim().length < 4}
            onClick={send}
          >
            {t('campaign.end')}
          </Button>
        </div>
      </div>
    </Box>
  );
}
