// Before a warning the server is asked: it may know of more time than this clock does, or of the end.
import type { SessionClient } from '../session-client.js';

/** How long its answer is waited for before the warning is shown without it. */
const patienceMs = 2000;

export class ServerQuestion {
  #state: 'none' | 'asked' | 'answered' = 'none';

  /** Asks at the first call; `then` once there is an answer or no more patience. */
  isAnswered(client: SessionClient, then: () => void): boolean {
    if (this.#state === 'none') {
      this.#state = 'asked';
      const late = new Promise((resolve) => setTimeout(resolve, patienceMs));
      void Promise.race([client.check().catch(() => 0), late]).then(() => {
        if (this.#state === 'asked') this.#state = 'answered';
        then();
      });
    }
    return this.#state === 'answered';
  }

  forget(): void {
    this.#state = 'none';
  }
}
