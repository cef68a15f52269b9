// The page that this person opens the program for.
import { Navigate } from 'react-router';
import { useSession } from '@/app/session';

export function Component() {
  const { me } = useSession();
  const may = (permission: string) => me.permissions.includes(permission);
  const roles = new Set(me.grants.map((grant) => grant.role));
  if (
    may('record_enter') &&
    (roles.has('branch_secretary') || roles.has('delegate') || roles.has('unit_editor'))
  ) {
    return <Navigate to="/todo" replace />;
  }
  if (roles.has('inspector') && may('matter_read')) return <Navigate to="/oversight" replace />;
  if (may('standing_read')) return <Navigate to="/standing" replace />;
  if (may('record_read') && [...roles].some((role) => role !== 'member')) {
    return <Navigate to="/records" replace />;
  }
  if (may('pack_read') && roles.has('policy_author')) return <Navigate to="/policy" replace />;
  return <Navigate to={roles.has('member') ? '/me' : '/admin'} replace />;
}
