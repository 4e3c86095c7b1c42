// The session as one tab holds it, and as it goes to other tabs and into the store.
import type { PortcullisUser, SessionInfo } from '../session.js';
import type { Claims } from '../token/claims.js';

export interface Snapshot {
  readonly token: string;
  readonly user: PortcullisUser;
  readonly warnBeforeMs: number;
  readonly offset: number;
}

export interface Held extends Snapshot {
  readonly claims: Claims;
}

/** What a token says of its user; the rest comes with the first answer of the server. */
export const userOf = ({ sub, roles }: Claims): PortcullisUser => ({
  id: sub,
  email: '',
  displayName: '',
  status: 'active',
  roles,
});

export const infoOf = ({ claims, user }: Held): SessionInfo => ({
  id: claims.sid,
  application: claims.client_id,
  user: { ...user, roles: [...user.roles] },
  roles: [...claims.roles],
});

export const snapshotOf = ({ token, user, warnBeforeMs, offset }: Held): Snapshot => ({
  token,
  user,
  warnBeforeMs,
  offset,
});

/** Only what a page shows goes round: not the whole record of the server. */
export const pickUser = (user: PortcullisUser): PortcullisUser => ({
  id: user.id,
  email: user.email,
  displayName: user.displayName,
  status: user.status,
  roles: user.roles,
});
