// @ts-check
/** The last of what happened, kept for the moment when somebody has to understand it. */

const maxLines = 30_000;
const faultsBackMs = 30_000;
const linesOfUser = 60;

export class Trace {
  /** @type {{ at: number, kind: string, user: string, text: string }[]} */
  #lines = [];
  #next = 0;
  #now;

  /** @param {() => number} now */
  constructor(now) {
    this.#now = now;
  }

  /**
   * @param {string} kind
   * @param {string} user empty for what concerns everybody
   * @param {string} text
   * @param {number} [since] when what ends here began
   * @param {number} [version]
   */
  add(kind, user, text, since, version) {
    const began = since === undefined ? '' : `, since ${since.toFixed(1)}`;
    const reached = version === undefined ? '' : `, version ${version}`;
    this.#lines[this.#next] = { at: this.#now(), kind, user, text: text + reached + began };
    this.#next = (this.#next + 1) % maxLines;
  }

  /** @param {string} user @returns {string} what concerns this user, and the faults of the last half minute */
  around(user) {
    const inOrder = [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)];
    const since = this.#now() - faultsBackMs;
    const own = inOrder.filter((line) => user !== '' && line.user === user).slice(-linesOfUser);
    const shared = inOrder.filter((line) => line.user === '' && line.at > since);
    return [...own, ...shared]
      .sort((one, other) => one.at - other.at)
      .map(({ at, kind, text }) => `  ${at.toFixed(1).padStart(11)}  ${kind.padEnd(9)} ${text}`)
      .join('\n');
  }
}
