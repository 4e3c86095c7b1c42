// Where one can go, in the order of the navigation.
import {
  IconActivity,
  IconApps,
  IconDevices,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconServerCog,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';

export interface Place {
  readonly path: string;
  readonly label: string;
  readonly Icon: TablerIcon;
}

export const places: readonly Place[] = [
  { path: '/', label: 'Overview', Icon: IconLayoutDashboard },
  { path: '/users', label: 'Users', Icon: IconUsers },
  { path: '/sessions', label: 'Sessions', Icon: IconDevices },
  { path: '/applications', label: 'Applications', Icon: IconApps },
  { path: '/keys', label: 'Signing keys', Icon: IconKey },
  { path: '/audit', label: 'Audit log', Icon: IconHistory },
  { path: '/events', label: 'Live events', Icon: IconActivity },
  { path: '/system', label: 'System', Icon: IconServerCog },
];

/** A user's page is a part of the users. */
export const isWithin = (place: Place, location: string): boolean =>
  place.path === '/'
    ? location === '/'
    : location === place.path || location.startsWith(`${place.path}/`);
