// Which token counts, and what listeners and other tabs are told when that changes.
import type { SessionEnded } from '../session-events.js';
import type { EndReason } from '../session.js';
import { allowedMsOf } from '../time/deadline.js';
import { noticeJump } from '../time/jump.js';
import { isLaterSession, isNewer, readClaims, type Claims, type Rank } from '../token/claims.js';
import {
  emit,
  post,
  setState,
  snapshotOf,
  type Context,
  type Held,
  type Snapshot,
} from './context.js';
import { forget, readStore, save } from './store.js';

/** `answer`: a header, which may only bring a newer token of the session at hand. */
export type Source = 'sign-in' | 'answer' | 'other-tab';

export type Offer = Partial<Snapshot> & Pick<Snapshot, 'token'>;

/** @returns whether it is what counts now. */
export function offer(context: Context, offered: Offer, source: Source): boolean {
  noticeJump(context);
  const { token } = offered;
  const claims = readClaims(token);
  const before = context.held;
  if (!claims || !counts(context, claims, source)) return false;
  const known = before?.claims.sid === claims.sid ? before : unknown(claims);
  // The stream is the former session's.
  if (known !== before) context.push?.stop();
  // One that arrives now may be `refreshAfter` seconds old: the smallest offset seen, of the freshest, counts.
  const age = context.clock.now() - claims.iat * 1000;
  const { user, warnBeforeMs, offset } = { ...known, ...offered };
  // Another tab may not have noticed yet that the clock was set: this one's own word counts.
  const said = known === before && context.state !== 'starting' ? age : offset;
  hold(context, { token, claims, user, warnBeforeMs, offset: Math.min(said, known.offset, age) });
  if (source === 'sign-in' || source === 'answer') tell(context);
  if (context.state !== 'starting') {
    announce(context, before?.claims, claims, source === 'other-tab' ? source : 'here');
  }
  return true;
}

/** What a page has left in the store that is closed, or that cannot be heard. */
export function recall(context: Context): void {
  const kept = readStore(context);
  if (kept) offer(context, kept, 'other-tab');
}

/** What the server said of the session at hand, beside a token. */
export function hold(context: Context, held: Omit<Held, 'info'>): void {
  const { claims, user } = held;
  const info = { id: claims.sid, application: claims.client_id, user, roles: claims.roles };
  context.held = { ...held, info };
  save(context);
  context.settle();
}

/** To the other tabs. */
export function tell(context: Context): void {
  if (context.held) post(context, { t: 'token', held: snapshotOf(context.held) });
}

/** Once: whoever comes second finds nothing to end. */
export function end(
  context: Context,
  reason: EndReason,
  origin: SessionEnded['origin'],
  refused?: Rank,
): void {
  const { held } = context;
  if (!held) return;
  const { claims } = held;
  const { sid } = claims;
  context.over.add(sid);
  context.endReason = reason;
  context.held = null;
  forget(context, sid);
  context.push?.stop();
  if (origin !== 'other-tab') post(context, { t: 'end', sid, reason, refused });
  const waited: Promise<unknown>[] = (context.afterEnd = []);
  setState(context, 'signed-out');
  const waitUntil = (promise: Promise<unknown>): void => void waited.push(promise);
  emit(context, 'ended', { reason, origin, allowedMs: allowedMsOf(reason, claims), waitUntil });
}

function counts({ held, over }: Context, next: Claims, source: Source): boolean {
  if (over.has(next.sid)) return false;
  if (next.sid === held?.claims.sid) return isNewer(next, held.claims);
  if (source === 'answer') return false;
  return !held || source === 'sign-in' || isLaterSession(next, held.claims);
}

/** What a token says by itself; the rest comes with the first answer of the server. */
const unknown = ({ sub, roles }: Claims): Omit<Snapshot, 'token'> => ({
  user: { id: sub, email: '', displayName: '', status: 'active', roles },
  warnBeforeMs: 120_000,
  offset: Infinity,
});

function announce(
  context: Context,
  before: Claims | undefined,
  { sid, sub }: Claims,
  origin: 'here' | 'other-tab',
): void {
  const { options, page, held } = context;
  if (before?.sid === sid) {
    emit(context, 'token', { origin });
    return;
  }
  if (before && before.sub !== sub && origin === 'other-tab') {
    let reloads = options.onUserChange !== 'event';
    const preventDefault = (): void => void (reloads = false);
    emit(context, 'userchanged', { from: before.sub, to: sub, preventDefault });
    if (reloads) page.location.reload();
  }
  if (held) emit(context, 'signedin', { session: held.info, origin });
}
