/**
 * The order of a whole run: what keeps every core busy first, beside what does not mind, and what drives
 * a browser last, when nothing else runs any more.
 */
import SequencerModule from '@jest/test-sequencer';

const Sequencer = SequencerModule.default ?? SequencerModule;
const places = { faults: 0, browser: 2 };

const placeOf = ({ context }) => places[context.config.displayName?.name] ?? 1;

export default class SuiteOrder extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}
