// Names deeper than two levels ask for a reason, once for a subtree; the unit sees who looked.
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { get, type Query, Refused } from '@/api/client';
import { t } from '@/i18n/i18n';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { Refusals } from '@/ui/states';

export function ReasonGate(props: {
  error: unknown;
  path: string;
  query?: Query;
  done: () => void;
  children: ReactNode;
}) {
  const asked = props.error instanceof Refused && props.error.code === 'reason_required';
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  if (!asked) return props.children;
  const open = async () => {
    setBusy(true);
    setError(null);
    try {
      await get(props.path, props.query ?? {}, { reason: reason.trim() });
      await queries.invalidateQueries();
      props.done();
    } catch (wrong) {
      setError(wrong);
    }
    setBusy(false);
  };
  return (
    <form
      className="card pad stack"
      style={{ maxWidth: 560, margin: '24px auto' }}
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <h2 className="row">
        <Icon name="lock" />
        {t('reason.title')}
      </h2>
      <p>{t('reason.text')}</p>
      <Refusals error={error} />
      <div className="field">
        <label htmlFor="why">{t('reason.label')}</label>
        <input
          id="why"
          className="text"
          required
          minLength={4}
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </div>
      <div>
        <Button type="submit" look="main" busy={busy} disabled={reason.trim().length < 4}>
          {t('reason.submit')}
        </Button>
      </div>
    </form>
  );
}
