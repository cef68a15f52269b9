// Locking: figures stay as they are; what is unanswered or unconfirmed takes a reason.
import { useState } from 'react';
import { usePost } from '@/api/hooks';
import type { RoundChanged, RoundWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { Box } from '@/ui/overlay';
import { Refusals } from '@/ui/states';

export function LockRound({ round }: { round: RoundWhole }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const lock = usePost<RoundChanged>(`/rounds/${round.id}/lock`);
  const open = round.leads.filter((lead) => !lead.is_office && lead.confirmed === null).length;
  const missing = round.leads.reduce((sum, lead) => sum + lead.unanswered, 0);
  const needsReason = open > 0 || missing > 0;
  return (
    <>
      <Button look="main" icon="lock" onClick={() => setAsking(true)}>
        {t('round.lock')}
      </Button>
      {asking ? (
        <Box title={t('round.lock')} close={() => setAsking(false)}>
          <div className="stack">
            <p>{t('round.lock_text')}</p>
            {needsReason ? (
              <>
                <p className="notice warn">{t('round.lock_open', { missing, open })}</p>
                <div className="field">
                  <label htmlFor="lock-reason">{t('round.lock_why')}</label>
                  <textarea
                    id="lock-reason"
                    className="text"
                    rows={3}
                    maxLength={1000}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                  />
                </div>
              </>
            ) : null}
            <Refusals error={lock.error} />
            <div>
              <Button
                look="main"
                busy={lock.isPending}
                disabled={needsReason && !reason.trim()}
                onClick={() =>
                  lock.mutate(
                    {
                      body: {
                        version: round.version,
                        ...(reason.trim() ? { reason: reason.trim() } : {}),
                      },
                    },
                    { onSuccess: () => setAsking(false) },
                  )
                }
              >
                {t('round.lock')}
              </Button>
            </div>
          </div>
        </Box>
      ) : null}
    </>
  );
}
