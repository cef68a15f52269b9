import { adminActions } from '@/rooms/admin/actions';
import { campaignActions } from '@/rooms/campaign/actions';
import { complianceActions } from '@/rooms/compliance/actions';
import { indicatorActions } from '@/rooms/indicator/actions';
import { matterActions } from '@/rooms/matter/actions';
import { policyActions } from '@/rooms/policy/actions';
import { roundActions } from '@/rooms/round/actions';
import { recordActions } from '@/rooms/record/actions';
import { sessionActions } from '@/rooms/session/actions';
import type { Action } from './action';

// In the order of the rail; what follows is found in the palette and on the pages themselves.
const first = [
  '/todo',
  '/standing',
  '/figures',
  '/records',
  '/registers',
  '/matters',
  '/oversight',
  '/rounds',
  '/campaigns',
  '/exemptions',
  '/policy',
  '/admin',
];
const all: Action[] = [
  ...complianceActions,
  ...recordActions,
  ...matterActions,
  ...indicatorActions,
  ...roundActions,
  ...campaignActions,
  ...policyActions,
  ...adminActions,
  ...sessionActions,
];
const placeOf = (action: Action) => (first.indexOf(action.to) + first.length) % first.length;
export const actions: Action[] = [
  ...all.filter((action) => first.includes(action.to)).sort((a, b) => placeOf(a) - placeOf(b)),
  ...all.filter((action) => !first.includes(action.to)),
];
