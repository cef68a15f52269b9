// Who was there: everybody on the roll, except. Those who are regularly away are remembered.
import { useMemo, useState } from 'react';
import type { Membership } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { regulars, toggleRegular } from './absent';

// Where most were away, nobody was away as a rule.
const few = 8;

export function Present(props: {
  roll: Membership[];
  absent: string[];
  change: (absent: string[]) => void;
}) {
  const { roll, absent, change } = props;
  const [find, setFind] = useState('');
  const [marked, setMarked] = useState<Record<string, string[]>>({});
  const away = useMemo(() => new Set(absent), [absent]);
  const isRegular = (member: Membership) =>
    (marked[member.unit] ?? regulars(member.unit)).includes(member.person);
  const missing = roll.filter((member) => away.has(member.person));
  const there = roll.filter(
    (member) => !away.has(member.person) && (find === '' || member.name.includes(find.trim())),
  );
  const toggle = (person: string) =>
    change(away.has(person) ? absent.filter((one) => one !== person) : [...absent, person]);
  return (
    <div className="present stack">
      <p className="row" aria-live="polite">
        <span>
          {t('present.count', { there: roll.length - missing.length, roll: roll.length })}
        </span>
        {missing.length > 0 ? (
          <button type="button" className="link" onClick={() => change([])}>
            {t('present.all')}
          </button>
        ) : null}
      </p>
      {missing.length > 0 ? (
        <div>
          <p className="small muted">{t('present.absent', { n: missing.length })}</p>
          <ul className="row" style={{ marginTop: 6 }}>
            {missing.map((member) => (
              <li key={member.person} className="absent">
                <button
                  type="button"
                  className="chip"
                  onClick={() => toggle(member.person)}
                  title={t('present.was_there', { name: member.name })}
                >
                  {member.name}
                  {member.floating ? <span className="tag">{t('present.floating')}</span> : null}
                  <Icon name="close" size={14} />
                </button>
                {member.floating || (missing.length > few && !isRegular(member)) ? null : (
                  <button
                    type="button"
                    className="link small"
                    aria-pressed={isRegular(member)}
                    onClick={() =>
                      setMarked({
                        ...marked,
                        [member.unit]: toggleRegular(member.unit, member.person),
                      })
                    }
                  >
                    {t(isRegular(member) ? 'present.remembered' : 'present.remember')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <details>
        <summary>{t('present.choose')}</summary>
        <input
          className="text"
          type="search"
          style={{ maxWidth: 280, margin: '8px 0' }}
          value={find}
          placeholder={t('present.find')}
          aria-label={t('present.find')}
          onChange={(event) => setFind(event.target.value)}
        />
        <ul className="row names">
          {there.map((member) => (
            <li key={member.person}>
              <button
                type="button"
                className="chip"
                onClick={() => toggle(member.person)}
                title={t('present.was_absent', { name: member.name })}
              >
                {member.name}
              </button>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
