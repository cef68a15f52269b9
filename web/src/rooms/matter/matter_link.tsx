// A matter by what it is about, as a link to its page.
import { Link } from 'react-router';
import type { Matter, MatterType } from '@/api/types';
import { contentOf } from './say';

export function MatterLink({ matter, types }: { matter: Matter; types: MatterType[] | undefined }) {
  const type = types?.find((one) => one.name === matter.type);
  return <Link to={`/matters/${matter.id}`}>{contentOf(matter, type)}</Link>;
}
