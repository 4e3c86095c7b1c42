// @ts-check
/** The table, as lines of text of at most 100 columns. */
import { figuresOf } from '../../test/faults/revoke-times.mjs';

/**
 * @typedef {import('./board.mjs').Row} Row
 *
 * @typedef {object} View
 * @property {import('./board.mjs').Board} board
 * @property {import('./switches.mjs').Switches} switches
 * @property {number} leaseSeconds
 * @property {boolean} isTerminal with colours, keys, and the chosen node marked
 */

const widths = [-8, -10, 11, 12, 11, 10, 9, 7, 14];
const titles = ['node', 'state', 'lease left', 'last ack', 'requests/s', 'p50', 'refused', '503'];
const colours = { good: 32, warning: 33, bad: 31, bold: 1, faint: 2, chosen: 7 };

/** @param {View} view @returns {string[]} */
export function toTable({ board, switches, leaseSeconds, isTerminal }) {
  const paint = (/** @type {string} */ text, /** @type {keyof typeof colours} */ colour) =>
    isTerminal ? `\x1b[${colours[colour]}m${text}\x1b[0m` : text;
  const seconds = Math.round((performance.now() - board.startedAt) / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const on = board.cluster.services.map((service) => service.split(' on ')[0]).join(', ');
  const lines = [
    `${paint('Portcullis', 'bold')}, ${clock}   lease ${leaseSeconds} s, ${on}, issuer ${switches.issuer}`,
    '',
    paint(`   ${toLine([...titles, 'stale accepts'])}`, 'faint'),
  ];
  let [rate, refused, unavailable, stale] = [0, 0, 0, 0];
  /** @type {number[]} */
  const all = [];
  for (const [index, row] of board.rows.entries()) {
    const { perSecond, times } = board.rateOf(row);
    const staleHere = board.checker.staleAt.get(row.node.name) ?? 0;
    rate += perSecond;
    refused += row.refused;
    unavailable += row.unavailable;
    stale += staleHere;
    all.push(...times);
    const [state, mood] = stateOf(row, switches.cutOff.has(row.node));
    const line = toLine([
      ...[row.node.name, state, leaseOf(row), row.acknowledged, perSecond.toFixed(0), msOf(times)],
      ...[row.refused, row.unavailable, staleHere].map(String),
    ]);
    const marked = isTerminal && index === switches.chosen;
    const number = marked ? paint(` ${index + 1} `, 'chosen') : ` ${index + 1} `;
    lines.push(number + paint(line, staleHere > 0 ? 'bad' : mood));
  }
  const sum = [refused, unavailable, stale].map(String);
  lines.push(`   ${toLine(['all', '', '', '', rate.toFixed(0), msOf(all), ...sum])}`, '');
  lines.push(...revokeLines(board), '');
  if (isTerminal) {
    lines.push(
      ` ${switches.note}`,
      '',
      ' 1-5 choose   p pause or resume   k kill or start   c cut off or rejoin   r restart Redis   q quit',
    );
  }
  return lines;
}

/** @param {import('./board.mjs').Board} board */
function revokeLines({ lastRevoke, revokeTimes, failures }) {
  if (!lastRevoke) return [' no revoke yet'];
  const { who, via, tookMs } = lastRevoke;
  const { count, p50, p99, max } = figuresOf(revokeTimes);
  const again = failures > 0 ? `, ${failures} without success` : '';
  return [
    ` last revoke: ${who} suspended through ${via}, holds everywhere after ${tookMs.toFixed(1)} ms`,
    ` ${count} revokes: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms${again}`,
  ];
}

/** @param {Row} row @param {boolean} isCutOff @returns {[string, 'good' | 'warning' | 'bad']} */
function stateOf({ node: { state } }, isCutOff) {
  if (state === 'down') return ['killed', 'bad'];
  if (state === 'paused') return ['paused', 'warning'];
  if (state === 'starting') return ['starting', 'warning'];
  return isCutOff ? ['cut off', 'warning'] : ['up', 'good'];
}

/** @param {Row} row */
const leaseOf = ({ node, leaseLeftMs }) =>
  leaseLeftMs === null || node.state === 'down' ? '–' : `${(leaseLeftMs / 1000).toFixed(1)} s`;

/** @param {readonly number[]} times */
const msOf = (times) => (times.length === 0 ? '–' : `${figuresOf(times).p50.toFixed(1)} ms`);

/** @param {readonly string[]} cells a negative width is for text, which stands on the left */
const toLine = (cells) =>
  cells
    .map((cell, index) => {
      const width = widths[index] ?? 0;
      return width < 0 ? cell.padEnd(-width) : cell.padStart(width);
    })
    .join('');
