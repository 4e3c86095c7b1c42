// Asking the other tabs: for the session when a page opens, for a newer token when one was refused.
import { pause } from '../page.js';
import type { Tabs } from '../tabs/tabs.js';
import { isNewer, type Rank } from '../token/claims.js';
import type { Core } from './core.js';
import { snapshotOf } from './held.js';

/** Tabs answer within a few milliseconds; one that is stopped does not answer at all. */
const answerMs = 60;
const longestWaitMs = 5_000;

export class HandOff {
  #heard: (() => void) | null = null;
  #othersBusy = false;
  /** Whether another tab has said which token counts. */
  isAnswered = false;

  constructor(
    private readonly core: Core,
    private readonly tabs: Tabs,
    private readonly isBusy: () => boolean,
  ) {}

  /** For the first of a page's life; ends early with an answer. */
  async greet(): Promise<void> {
    const { held } = this.core;
    const heard = new Promise<void>((resolve) => (this.#heard = resolve));
    this.tabs.post({
      t: 'hello',
      ...(held && { sid: held.claims.sid, rank: rankOf(held.claims) }),
    });
    this.isAnswered = false;
    await Promise.race([heard, pause(answerMs)]);
  }

  /**
   * @param patient also waits for requests under way, here or in another tab: a change of password ends
   *   every token but the one that its own answer brings.
   */
  async findNewer(sid: string, rank: Rank, patient: boolean): Promise<boolean> {
    const isFound = (): boolean => {
      const current = this.core.held?.claims;
      return current?.sid !== sid || isNewer(current, rank);
    };
    for (let waited = 0; waited < longestWaitMs && !isFound(); waited += answerMs) {
      this.#othersBusy = false;
      await this.greet();
      if (!patient || !this.#isSomebodyBusy()) break;
    }
    return isFound();
  }

  #isSomebodyBusy(): boolean {
    return this.#othersBusy || this.isBusy();
  }

  /** Another tab asks. */
  answer(sid: string | undefined, rank: Rank | undefined): void {
    const { held } = this.core;
    if (!held) return;
    const { claims } = held;
    if (claims.sid !== sid || !rank || !isNewer(rank, claims)) this.tell();
    if (this.isBusy()) this.tabs.post({ t: 'busy' });
  }

  tell(): void {
    const { held } = this.core;
    if (!held) return;
    this.tabs.post({ t: 'token', held: snapshotOf(held) });
  }

  /** Another tab answered. */
  heard(isBusy: boolean): void {
    if (isBusy) this.#othersBusy = true;
    else {
      this.isAnswered = true;
      this.#heard?.();
    }
  }
}

const rankOf = ({ ver, exp, iat }: Rank): Rank => ({ ver, exp, iat });
