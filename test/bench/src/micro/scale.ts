/** The guard beside a state of so many users: asked for one sample at a time, in turn with other sizes. */
import { answer, describe, tell } from '../process/messages.js';
import { createService, createServiceApp } from '../variants/portcullis/service.js';
import { signClaims } from '../variants/portcullis/tokens.js';
import { claimsOf, userCount, userId } from '../variants/users.js';
import { callOnce, Contexts, findGuard } from './guarded-calls.js';
import { measureCases, use, type Case } from './loop.js';

process.on('disconnect', () => process.exit(0));

const users = Number(process.argv[2]);

try {
  const service = await createService({ maxRecords: 5 * users + 10_000 });
  const app = await createServiceApp(service);
  const guard = findGuard(app);
  // The same number of tokens whatever the number of users, spread over all of them: each comes when its
  // place among them is reached, and the guard takes what it names into memory.
  const tokens: string[] = [];
  const nextTokenAt = (): number => Math.floor((tokens.length * users) / userCount);
  const active = { version: 1, status: 'active' };
  for (let index = 0; index < users; index += 1) {
    while (tokens.length < userCount && nextTokenAt() === index) {
      const claims = claimsOf(tokens.length);
      const sid = `${claims.sid}-of-${index}`;
      const token = signClaims({ ...claims, sub: userId(index), sid });
      const isLetIn = await callOnce(guard, new Contexts([token]).next());
      if (!isLetIn) throw new Error('a good token was refused');
      tokens.push(token);
    }
    service.node.state.install(`u:${userId(index)}`, active, 0);
    service.node.state.install(`s:${claimsOf(index).sid}`, active, 0);
  }
  const contexts = new Contexts(tokens);
  const repeat = (call: () => void) => (calls: number) => {
    for (let i = 0; i < calls; i += 1) call();
  };
  const cases: Case[] = [
    { name: 'a request', run: repeat(() => use(contexts.next())) },
    {
      name: 'guard',
      minus: 'a request',
      run: repeat(() => use(guard.canActivate(contexts.next()))),
    },
  ];
  answer('sample', async (sampleMs: number) => {
    const measured = await measureCases(cases, { samples: 1, sampleMs });
    return measured['guard']?.[0];
  });
  tell('ready');
} catch (error) {
  tell('failed', describe(error));
}
