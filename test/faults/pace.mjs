// @ts-check
/** So many turns a second, for all who ask together. */

export class Pace {
  #dueAt = performance.now();
  #everyMs;
  /** @type {number} turns that are left */
  left;

  /** @param {number} perSecond @param {number} [turns] */
  constructor(perSecond, turns = Infinity) {
    this.#everyMs = 1000 / perSecond;
    this.left = turns;
  }

  /** @param {() => boolean} isWanted @returns {Promise<boolean>} false: there are no more */
  async next(isWanted) {
    // What was missed while nobody could is not made up for at once.
    this.#dueAt = Math.max(this.#dueAt + this.#everyMs, performance.now() - 3 * this.#everyMs);
    const dueAt = this.#dueAt;
    while (isWanted() && this.left > 0) {
      const wait = dueAt - performance.now();
      if (wait <= 0) break;
      await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 100)));
    }
    if (!isWanted() || this.left <= 0) return false;
    this.left -= 1;
    return true;
  }
}
