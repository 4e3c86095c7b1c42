// Every sabotage that the checker has to find, by the name under which the protocol lists it.
import type { Parts } from '../nodes/parts.js';
import type { LogTraits } from '../services/log-document.js';
import { DeposedPrimary, JoinsAnyRead, WaitsBeforeDeciding } from './of-the-check.js';
import { AcknowledgesFirst, LeaseFromTheReply, LeavesBeforeItsLease } from './of-the-member.js';
import { NoBirth, NoDone, NoIntent, OldHeads, ShortLeases } from './of-the-revoke.js';
import {
  ForgetfulClock,
  ForgetsOpenIntents,
  KeepsRecordsAtGap,
  LeaseByTheBell,
  NoLeastCheck,
  NoLow,
  NumberAtTheEnd,
  TakesAnyAnswer,
} from './of-the-state.js';

/** What is built otherwise than it should be. */
export interface Sabotage {
  readonly parts?: Partial<Parts>;
  readonly log?: Partial<LogTraits>;
}

const ofState = (
  state: new (...args: Parameters<Parts['state']>) => ReturnType<Parts['state']>,
): Sabotage => ({
  parts: { state: (...needs) => new state(...needs) },
});

export const sabotages = {
  'lease stamped at the reply': { parts: { member: (setup) => new LeaseFromTheReply(setup) } },
  'acknowledged before it is applied': {
    parts: { memberBell: (bell, clock, node) => new AcknowledgesFirst(bell, clock, node) },
  },
  'no least check at install': ofState(NoLeastCheck),
  'number taken at the end of the read': ofState(NumberAtTheEnd),
  'a read joined that began before arrival': {
    parts: { lookup: (...needs) => new JoinsAnyRead(...needs) },
  },
  'W too short': { parts: { revokersLog: (log) => new ShortLeases(log) } },
  'no intent': { parts: { revoker: (...needs) => new NoIntent(...needs) } },
  'no done, and early forgetting': {
    parts: {
      revoker: (...needs) => new NoDone(...needs),
      clock: (clock) => new ForgetfulClock(clock),
    },
  },
  'memory not cleared at a gap': ofState(KeepsRecordsAtGap),
  'a gap that forgets an open intent': ofState(ForgetsOpenIntents),
  'lease renewed by the bell': ofState(LeaseByTheBell),
  'second level without low': ofState(NoLow),
  'expelled without comparing polls': { log: { expelsBlindly: true } },
  'polls that start again after an expel': { log: { countsPolls: true } },
  'a log that starts again without a new identity': { log: { keepsIdentity: true } },
  'a request that waits before it decides': {
    parts: { versions: (state, lookup, clock) => new WaitsBeforeDeciding(state, lookup, clock) },
  },
  'a read that is not linearizable': {
    parts: { source: (source, world) => new DeposedPrimary(source, world) },
  },
  'a service answered from the first level': {
    parts: {
      readForService: (server) => async (subject) =>
        server.state.find(subject) ?? (await server.source.read(subject)),
    },
  },
  'left before the lease is dropped': {
    parts: { member: (setup) => new LeavesBeforeItsLease(setup) },
  },
  // Beyond the protocol's list: what this simulation, or a reader of the code, has found wrong once.
  'a log that starts again as if it were the first': { log: { forgetsBirth: true } },
  'an answer taken that was asked before everything was forgotten': ofState(TakesAnyAnswer),
  'an old view of the log believed': { parts: { revokersLog: (log) => new OldHeads(log) } },
  'the birth of a log not waited for': { parts: { revokersLog: (log) => new NoBirth(log) } },
} satisfies Record<string, Sabotage>;

export type SabotageName = keyof typeof sabotages;
