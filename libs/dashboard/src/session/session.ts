// The operator's session, and what the page needs to know of it.
import { createSessionClient, type EndReason, type SessionInfo } from '@portcullis/client';
import { useSyncExternalStore } from 'react';

export const session = createSessionClient({ baseUrl: location.origin, appId: 'dashboard' });

export type Standing =
  | { readonly kind: 'starting' }
  | { readonly kind: 'signed-in'; readonly info: SessionInfo }
  /** With the reason why the last session is over, if there was one. */
  | { readonly kind: 'signed-out'; readonly reason: EndReason | null };

let standing: Standing = { kind: 'starting' };
const listeners = new Set<() => void>();

function set(next: Standing): void {
  standing = next;
  for (const listener of listeners) listener();
}

function read(reason: EndReason | null): Standing {
  const info = session.session;
  return info ? { kind: 'signed-in', info } : { kind: 'signed-out', reason };
}

void session.ready.then(() => {
  if (standing.kind === 'starting') set(read(null));
});
session.on('signedin', () => set(read(null)));
session.on('ended', ({ reason }) => set({ kind: 'signed-out', reason }));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useStanding = (): Standing => useSyncExternalStore(subscribe, () => standing);

/** Whose page this is; only for what is shown to somebody who is signed in. */
export function useOperator(): SessionInfo {
  const found = useStanding();
  // React may render a leaf once more before its branch is gone.
  return found.kind === 'signed-in' ? found.info : nobody;
}

const nobody: SessionInfo = {
  id: '',
  application: '',
  user: { id: '', email: '', displayName: '', status: '', roles: [] },
  roles: [],
};
