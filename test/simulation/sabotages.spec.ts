// Proof that the checker sees: each rule of the protocol is taken out, and a story is told in which that
// lets an older token in. With the rule in its place the same story is harmless.
import { Logger } from '@nestjs/common';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as crashes from './scenarios/of-crashes.js';
import * as leases from './scenarios/of-leases.js';
import * as log from './scenarios/of-the-log.js';
import * as records from './scenarios/of-records.js';
import { runSeed } from './run/run-seed.js';
import { tell, type Story } from './scenarios/stage.js';
import { sabotages, type SabotageName } from './sabotages/sabotages.js';

const stories: Record<SabotageName, Story> = {
  'lease stamped at the reply': leases.slowReply,
  'acknowledged before it is applied': records.quickAnswer,
  'no least check at install': records.slowRead,
  'number taken at the end of the read': records.readAcrossGap,
  'a read joined that began before arrival': records.joinedRead,
  'W too short': leases.deafNode,
  'no intent': crashes.killedAfterCommit,
  'no done, and early forgetting': records.readBetweenBoth,
  'memory not cleared at a gap': records.memoryAcrossGap,
  'a gap that forgets an open intent': crashes.intentBehindGap,
  'lease renewed by the bell': leases.lateRing,
  'second level without low': records.oldRecordInRedis,
  'expelled without comparing polls': leases.lateExpulsion,
  'polls that start again after an expel': leases.twoExpulsions,
  'a log that starts again without a new identity': log.sameLengthAgain,
  'a request that waits before it decides': leases.renewedMeanwhile,
  'a read that is not linearizable': records.firstRead,
  'a service answered from the first level': records.deafServer,
  'left before the lease is dropped': leases.leavingNode,
  'a log that starts again as if it were the first': crashes.bootAfterDeletedLog,
  'an answer taken that was asked before everything was forgotten': crashes.overflowMeanwhile,
  'an old view of the log believed': log.oldHead,
  'the birth of a log not waited for': log.deletedLog,
};

beforeAll(() => {
  Logger.overrideLogger(false);
  Error.stackTraceLimit = 0;
});

describe.each(Object.entries(stories) as [SabotageName, Story][])('%s', (name, story) => {
  it('lets an older token in', async () => {
    const { violations, trace } = await tell(story, sabotages[name]);
    if (violations.length === 0) throw new Error(`nothing was found\n${trace}`);
    expect(['P1', 'P3']).toContain(violations[0]!.promise);
  });

  it('does not happen otherwise', async () => {
    const { violations, trace, counts } = await tell(story);
    if (violations.length > 0) throw new Error(`${violations[0]!.text}\n${trace}`);
    expect(counts.accepted + counts.refused).toBeGreaterThan(0);
  });
});

/** For these chance needs more than a thousand worlds, or hundreds: the stories are quicker. */
const needsStory: readonly SabotageName[] = [
  'lease stamped at the reply',
  'number taken at the end of the read',
  'a gap that forgets an open intent',
  'polls that start again after an expel',
  'left before the lease is dropped',
  'an answer taken that was asked before everything was forgotten',
  'the birth of a log not waited for',
];
const foundByChance = (Object.keys(sabotages) as SabotageName[]).filter(
  (name) => !needsStory.includes(name),
);

describe('chance', () => {
  it.each(foundByChance)(
    'finds within 2,000 worlds: %s',
    async (name) => {
      for (let seed = 1; seed <= 2_000; seed++) {
        const { violations } = await runSeed({ seed, ...sabotages[name] });
        if (violations.some(({ promise }) => /^P[123]$/.test(promise))) return;
      }
      throw new Error('nothing was found');
    },
    120_000,
  );
});

describe('the protocol as it is', () => {
  it.each(Object.entries({ ...crashes, ...leases, ...log, ...records }))(
    'holds in the story of %s',
    async (_, story) => {
      const { violations, trace } = await tell(story);
      if (violations.length > 0) throw new Error(`${violations[0]!.text}\n${trace}`);
    },
  );
});
