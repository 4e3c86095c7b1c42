/**
 * The order of a whole run: what has many processes and short leases first, then what needs no server,
 * which leaves those a core of their own; then what computes most, and what has one server. What drives a
 * browser comes last, when nothing else runs any more.
 */
import SequencerModule from '@jest/test-sequencer';

const Sequencer = SequencerModule.default ?? SequencerModule;
const order = ['faults', 'unit', 'architecture', 'property', 'conformance', 'simulation'];
const last = 'browser';
/** They mostly wait: first of the browsers', so that nobody waits for them alone at the end. */
const waiting = /\/(stream|warning)\.spec\.ts$/;

/** @param {import('@jest/test-result').Test} test */
function placeOf({ context, path }) {
  const name = context.config.displayName?.name;
  if (name === last) return order.length + (waiting.test(path) ? 1 : 2);
  const place = order.indexOf(name);
  return place === -1 ? order.length : place;
}

export default class SuiteOrder extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
