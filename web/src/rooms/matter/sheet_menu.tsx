// The papers that can be printed from a matter.
import { useNavigate } from 'react-router';
import type { MatterType, MatterWhole } from '@/api/types';
import { t } from '@/i18n/i18n';
import { Icon } from '@/ui/icon';
import { Menu } from '@/ui/menu';

export function SheetMenu({ matter, type }: { matter: MatterWhole; type: MatterType }) {
  const navigate = useNavigate();
  if (type.sheets.length === 0) return null;
  return (
    <Menu
      label={t('matter.sheet.menu')}
      className="button plain"
      button={
        <>
          <Icon name="print" size={18} />
          <span>{t('matter.sheet.menu')}</span>
        </>
      }
    >
      {type.sheets.map((sheet) => (
        <button
          key={sheet.name}
          type="button"
          role="menuitem"
          onClick={() => void navigate(`/matters/${matter.id}/sheets/${sheet.name}`)}
        >
          {sheet.title}
        </button>
      ))}
    </Menu>
  );
}
