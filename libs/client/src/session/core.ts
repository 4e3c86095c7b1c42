// The session of this tab: which token counts, in which state it is, and what listeners are told.
import type { LogEntry } from '../session-client.js';
import type { ProblemCode, SessionEnded } from '../session-events.js';
import type { EndReason, PortcullisUser, SessionInfo, SessionState } from '../session.js';
import { offsetAt } from '../time/deadline.js';
import { isLaterSession, isNewer, readClaims, type Claims, type Rank } from '../token/claims.js';
import type { Emitter } from './emitter.js';
import { infoOf, pickUser, userOf, type Held } from './held.js';

/** `answer`: a header, which may only bring a newer token of the session at hand. */
export type Source = 'sign-in' | 'answer' | 'other-tab' | 'store';

export interface Offer {
  readonly token: string;
  readonly user?: PortcullisUser;
  readonly warnBeforeMs?: number;
  readonly offset?: number;
}

export interface CoreHooks {
  now(): number;
  /** What is held has changed: it is stored, timed and told before anybody listens. */
  changed(held: Held | null, source: Source | 'end'): void;
  ended(sid: string, reason: EndReason, origin: SessionEnded['origin'], refused?: Rank): void;
  reload: (() => void) | null;
}

export class Core {
  held: Held | null = null;
  state: SessionState = 'starting';
  session: SessionInfo | null = null;
  /** Why the last session ended. */
  endReason: EndReason | null = null;
  readonly #ended = new Set<string>();
  readonly #problems = new Set<string>();
  #afterEnd: Promise<unknown>[] = [];

  constructor(
    readonly emitter: Emitter,
    private readonly hooks: CoreHooks,
    readonly log: (entry: LogEntry) => void,
  ) {}

  /** @returns whether `token` is what counts now. */
  offer({ token, user, warnBeforeMs, offset }: Offer, source: Source): boolean {
    const claims = readClaims(token);
    const before = this.held;
    if (!claims || !this.#counts(claims, before?.claims, source)) return false;
    const isNext = before?.claims.sid === claims.sid;
    const offsets = [offset, isNext && before.offset, this.#offsetNow(claims, source)];
    this.#hold(
      {
        token,
        claims,
        user: user ?? (isNext ? before.user : userOf(claims)),
        warnBeforeMs: warnBeforeMs ?? (isNext ? before.warnBeforeMs : 120_000),
        offset: Math.min(...offsets.filter((one) => typeof one === 'number')),
      },
      source,
    );
    this.#tell(before?.claims, claims, source === 'other-tab' ? source : 'here');
    return true;
  }

  /** What the server said of the session at hand, beside a token. */
  amend(part: Partial<Omit<Held, 'token' | 'claims'>>): void {
    if (this.held) this.#hold({ ...this.held, ...part }, 'store');
  }

  /** Once: whoever comes second finds nothing to end. */
  end(reason: EndReason, origin: SessionEnded['origin'], refused?: Rank): void {
    const { held } = this;
    if (!held) return;
    const { sid } = held.claims;
    this.#ended.add(sid);
    this.endReason = reason;
    this.held = this.session = null;
    this.hooks.changed(null, 'end');
    this.hooks.ended(sid, reason, origin, refused);
    this.setState('signed-out');
    const waited: Promise<unknown>[] = [];
    this.#afterEnd = waited;
    this.emitter.emit('ended', {
      reason,
      origin,
      waitUntil: (promise) => void waited.push(promise),
    });
  }

  /** What `waitUntil` of the last `ended` asked for. */
  get afterEnd(): Promise<unknown> {
    return Promise.allSettled(this.#afterEnd);
  }

  /** A session that ended elsewhere never comes back here. */
  forget(sid: string): void {
    this.#ended.add(sid);
  }

  isOver(sid: string): boolean {
    return this.#ended.has(sid);
  }

  setState(to: SessionState): void {
    const from = this.state;
    if (from === to) return;
    this.state = to;
    this.emitter.emit('statechange', { from, to });
  }

  /** Once each. */
  problem(code: ProblemCode, detail?: string): void {
    if (this.#problems.has(code)) return;
    this.#problems.add(code);
    this.log({ level: 'warn', event: code, ...(detail !== undefined && { data: { detail } }) });
    this.emitter.emit('problem', detail === undefined ? { code } : { code, detail });
  }

  #counts(next: Claims, current: Claims | undefined, source: Source): boolean {
    if (this.#ended.has(next.sid)) return false;
    if (next.sid === current?.sid) return isNewer(next, current);
    if (source === 'answer') return false;
    return !current || source === 'sign-in' || isLaterSession(next, current);
  }

  /** A stored token says nothing of the time: it has lain there. */
  #offsetNow(claims: Claims, source: Source): number | undefined {
    return source === 'store' ? undefined : offsetAt(this.hooks.now(), claims.iat);
  }

  #hold(held: Held, source: Source): void {
    this.held = held = { ...held, user: pickUser(held.user) };
    this.session = infoOf(held);
    this.hooks.changed(held, source);
  }

  #tell(before: Claims | undefined, claims: Claims, origin: 'here' | 'other-tab'): void {
    const { emitter, session } = this;
    if (this.state === 'starting') return;
    if (before?.sid === claims.sid) {
      emitter.emit('token', { origin });
      return;
    }
    if (before && before.sub !== claims.sub && origin === 'other-tab') {
      let reload = this.hooks.reload;
      const preventDefault = (): void => void (reload = null);
      emitter.emit('userchanged', { from: before.sub, to: claims.sub, preventDefault });
      reload?.();
    }
    if (session) emitter.emit('signedin', { session, origin });
  }
}
