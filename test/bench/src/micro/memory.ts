/** What an entry keeps alive: the heap before and after so many of them, garbage collected. Needs --expose-gc. */
import { checkedTokenOf, type HttpRequest } from '@portcullis/auth';
import { setTimeout as sleep } from 'node:timers/promises';
import { work } from '../process/messages.js';
import { createService, createServiceApp, type Service } from '../variants/portcullis/service.js';
import { signClaims } from '../variants/portcullis/tokens.js';
import { claimsOf, userId } from '../variants/users.js';
import { callOnce, Contexts, findGuard } from './guarded-calls.js';

const [, , what, countText] = process.argv;
const count = Number(countText);

await work(async () => {
  const service = await createService({ maxRecords: 5 * count, maxVerifiedTokens: 2 * count });
  const app = await createServiceApp(service);
  const add = what === 'subject' ? addSubjects : await createActivity(service, app);
  // Code is compiled and maps exist before the first look.
  await add(-10);
  const before = await settledMemory();
  await add(count);
  const after = await settledMemory();
  return {
    heapBytes: Math.round((after.heap - before.heap) / count),
    rssBytes: Math.round((after.rss - before.rss) / count),
  };

  function addSubjects(many: number): void {
    const active = { version: 1, status: 'active' };
    for (let index = Math.min(0, many); index < Math.max(0, many); index += 1) {
      // As a text that comes from outside is: in one piece.
      const subject = ['u', userId(index)].join(':') as `u:${string}`;
      service.node.state.install(subject, active, 0);
    }
  }
});

/** A request of a user each, and the token that its answer carries. */
async function createActivity(
  service: Service,
  app: Awaited<ReturnType<typeof createServiceApp>>,
): Promise<(many: number) => Promise<void>> {
  const guard = findGuard(app);
  return async (many) => {
    for (let index = Math.min(0, many); index < Math.max(0, many); index += 1) {
      const context = new Contexts([signClaims(claimsOf(index))]).next();
      if (!(await callOnce(guard, context))) throw new Error('a good token was refused');
      const checked = checkedTokenOf(context.switchToHttp().getRequest<HttpRequest>());
      if (checked) await service.minter.refresh(checked);
    }
  };
}

async function settledMemory(): Promise<{ heap: number; rss: number }> {
  for (let i = 0; i < 3; i += 1) {
    await sleep(20);
    (globalThis as { gc?: () => void }).gc?.();
  }
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  return { heap: heapUsed + arrayBuffers, rss };
}
