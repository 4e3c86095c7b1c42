// The things that may happen to a node and around it, in any order.
import fc from 'fast-check';
import type { Subject } from '../../../libs/auth/src/revocation/subject.js';

export const subjects: readonly Subject[] = ['u:1', 'u:2', 's:1', 'c:web', 'k:1', 'i'];

const subject = fc.constantFrom(...subjects);
/** Which of several, counted back from the newest. */
const back = fc.nat({ max: 6 });
const duration = fc.oneof(
  fc.integer({ min: 1, max: 6_000 }),
  fc.constantFrom(4_999, 5_000, 39_999, 40_000, 599_999, 600_000, 700_000),
);

const what = <K extends string, T extends object>(
  weight: number,
  kind: K,
  parts: { [P in keyof T]: fc.Arbitrary<T[P]> },
): fc.WeightedArbitrary<{ do: K } & T> => ({
  weight,
  arbitrary: fc.record(parts).map((values) => ({ do: kind, ...values })),
});

/** One thing that happens. */
export const steps = fc.oneof(
  what(4, 'intend', { subject }),
  what(3, 'commit', { back }),
  what(3, 'done', { back }),
  what(3, 'burst', {}),
  what(4, 'ring', { back, count: fc.nat({ max: 3 }) }),
  what(3, 'send poll', {}),
  what(3, 'answer poll', {}),
  what(3, 'accept', {}),
  what(1, 'lose poll', {}),
  what(3, 'poll', {}),
  what(4, 'begin read', { subject }),
  what(5, 'answer read', { back }),
  what(5, 'keep', { back }),
  what(4, 'read', { subject }),
  what(4, 'install', { back }),
  what(3, 'pass', { ms: duration }),
  what(1, 'suspend', { ms: duration }),
  what(1, 'set wall clock', { ms: duration, isBack: fc.boolean() }),
  what(1, 'drop lease', {}),
);

export type Step = typeof steps extends fc.Arbitrary<infer T> ? T : never;
