// Saying that a later version of the pack below was looked at, and what is to become of it.
import { useState } from 'react';
import { usePost } from '@/api/hooks';
import type { PackDetails, PackReviewed } from '@/api/types';
import { useMay } from '@/app/session';
import { t } from '@/i18n/i18n';
import { instant } from '@/i18n/format';
import { Button } from '@/ui/button';
import { Refusals } from '@/ui/states';

export function ReviewOf(props: { pack: PackDetails; parent: string; version: string }) {
  const { pack, parent, version } = props;
  const may = useMay('pack_activate') && pack.active !== null;
  const [note, setNote] = useState('');
  const confirm = usePost<PackReviewed>('/pack-reviews');
  const done = pack.reviewed.find((one) => one.parent === parent && one.parent_version === version);
  if (done) {
    return (
      <p>
        {t('extends.reviewed', { note: done.note })}{' '}
        <span className="small muted">
          {done.by_name ?? ''} {instant(done.at)}
        </span>
      </p>
    );
  }
  if (!may) return null;
  const id = `review-${parent}`;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({
          body: {
            pack: pack.id,
            version: pack.version,
            parent,
            parent_version: version,
            note: note.trim(),
          },
        });
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t('extends.note')}</label>
        <textarea
          id={id}
          className="text"
          rows={2}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </div>
      <Refusals error={confirm.error} />
      <div>
        <Button
          type="submit"
          look="main"
          busy={confirm.isPending}
          disabled={note.trim().length < 4}
        >
          {t('extends.confirm')}
        </Button>
      </div>
    </form>
  );
}
