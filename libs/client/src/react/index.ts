// React: the session as a component sees it. The client is made once, outside of any component.
import { useSyncExternalStore } from 'react';
import type { SessionClient } from '../session-client.js';
import type { SessionEventMap } from '../session-events.js';
import type { SessionInfo, SessionState } from '../session.js';

export interface SessionView {
  readonly state: SessionState;
  readonly session: SessionInfo | null;
}

/** What a server renders, and the first render in a browser: nobody is known yet. */
const onServer: SessionView = { state: 'starting', session: null };

/** Whatever changes what a view shows. */
const changes = ['statechange', 'signedin', 'token'] as const satisfies (keyof SessionEventMap)[];

/** The same object as long as nothing has changed, as React asks of a store. */
const views = new WeakMap<SessionClient, SessionView>();

const isSame = (one: SessionInfo | null, other: SessionInfo | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

function viewOf(client: SessionClient): SessionView {
  const { state, session } = client;
  const known = views.get(client);
  // A question or a newer token brings the session once more, and nothing else.
  if (known?.state === state && isSame(known.session, session)) return known;
  const view: SessionView = { state, session };
  views.set(client, view);
  return view;
}

/** Renders again when the state or the user changes; not each second: for that there is `remaining()`. */
export function useSession(client: SessionClient): SessionView {
  return useSyncExternalStore(
    (onChange) => {
      const offs = changes.map((type) => client.on(type, onChange));
      return () => {
        for (const off of offs) off();
      };
    },
    () => viewOf(client),
    () => onServer,
  );
}
