import { t } from '@/i18n/i18n';
import { ButtonLink } from '@/ui/button';
import { Icon } from '@/ui/icon';

export function Component() {
  return (
    <div className="empty">
      <Icon name="search" size={32} />
      <h1>{t('state.no_page')}</h1>
      <p className="muted">{t('state.no_page_text')}</p>
      <p style={{ marginTop: 16 }}>
        <ButtonLink to="/home" look="main">
          {t('state.home')}
        </ButtonLink>
      </p>
    </div>
  );
}
