/** What a call costs: the guard on a token it knows, a new one, a bad one; a mint; and what cryptography alone takes. */
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { checkedTokenOf, type CheckedToken, type HttpRequest } from '@portcullis/auth';
import { sign, verify } from 'node:crypto';
import { work } from '../process/messages.js';
import { createService, createServiceApp } from '../variants/portcullis/service.js';
import { forge, signClaims } from '../variants/portcullis/tokens.js';
import { claimsOf, everyUser, keys } from '../variants/users.js';
import { callOnce, Contexts, findGuard } from './guarded-calls.js';
import { measureCases, use, type Case } from './loop.js';

const tokens = everyUser((index) => signClaims(claimsOf(index)));

function guardCases(warm: CanActivate, cold: CanActivate): Case[] {
  const known = new Contexts(tokens);
  const forged = new Contexts(
    Array.from({ length: 20_000 }, (_, i) => forge(tokens[i % tokens.length] ?? '')),
  );
  const expired = new Contexts(
    everyUser((index) => {
      const claims = claimsOf(index);
      return signClaims({
        ...claims,
        iat: claims.iat - 100,
        exp: claims.iat,
        auth_time: claims.iat - 100,
      });
    }),
  );
  const malformed = new Contexts(
    everyUser((index) => `${(tokens[index] ?? '').slice(0, -9)}!${index}`),
  );
  return [
    { name: 'a request', run: repeat(() => use(known.next())) },
    {
      name: 'guard: known token',
      minus: 'a request',
      run: repeat(() => admit(warm, known.next())),
    },
    { name: 'guard: first sight', minus: 'a request', run: eachIs(true, cold, known) },
    { name: 'guard: forged', minus: 'a request', run: eachIs(false, warm, forged) },
    { name: 'guard: malformed', minus: 'a request', run: eachIs(false, warm, malformed) },
    { name: 'guard: expired', minus: 'a request', run: eachIs(false, warm, expired) },
  ];
}

/** At once: a promise here is a fault. */
function admit(guard: CanActivate, context: ExecutionContext): void {
  if (guard.canActivate(context) !== true) throw new Error('a known token was not let in at once');
}

const repeat =
  (call: () => void) =>
  (calls: number): void => {
    for (let i = 0; i < calls; i += 1) call();
  };

const eachIs =
  (expected: boolean, guard: CanActivate, contexts: Contexts) =>
  async (calls: number): Promise<void> => {
    for (let i = 0; i < calls; i += 1) {
      if ((await callOnce(guard, contexts.next())) !== expected) throw new Error('not as expected');
    }
  };

function cryptoCases(): Case[] {
  const parsed = tokens.map((token) => {
    const end = token.lastIndexOf('.');
    const input = Buffer.from(token.slice(0, end));
    return { input, signature: Buffer.from(token.slice(end + 1), 'base64url') };
  });
  let turn = 0;
  const next = (): (typeof parsed)[number] => parsed[(turn = (turn + 1) % parsed.length)] ?? next();
  const dsaEncoding = 'ieee-p1363';
  return [
    {
      name: 'crypto.verify',
      run: repeat(() => {
        const { input, signature } = next();
        use(verify('sha256', input, { key: keys.publicKey, dsaEncoding }, signature));
      }),
    },
    {
      name: 'crypto.sign',
      run: repeat(() => use(sign('sha256', next().input, { key: keys.privateKey, dsaEncoding }))),
    },
  ];
}

await work(async () => {
  const { samples, sampleMs } = JSON.parse(process.argv[2] ?? '{}') as {
    samples: number;
    sampleMs: number;
  };
  const service = await createService();
  const app = await createServiceApp(service);
  const guard = findGuard(app);
  const checked = await checkAll(guard);
  const coldApp = await createServiceApp(await createService({ maxVerifiedTokens: 1 }));
  const coldGuard = findGuard(coldApp);
  await checkAll(coldGuard);
  let turn = 0;
  const next = (): CheckedToken => checked[(turn = (turn + 1) % checked.length)] ?? next();
  const minting: Case[] = [
    { name: 'mint', run: repeat(() => use(service.minter.extend(next()))) },
    { name: 'refresh: memoised', run: repeat(() => use(service.minter.refresh(next()))) },
  ];
  const cases = [...guardCases(guard, coldGuard), ...cryptoCases(), ...minting];
  const measured = await measureCases(cases, { samples, sampleMs });
  await app.close();
  await coldApp.close();
  return measured;
});

async function checkAll(guard: CanActivate): Promise<CheckedToken[]> {
  const contexts = new Contexts(tokens);
  const all: CheckedToken[] = [];
  while (all.length < tokens.length) {
    const context = contexts.next();
    if (!(await callOnce(guard, context))) throw new Error('a good token was refused');
    const checked = checkedTokenOf(context.switchToHttp().getRequest<HttpRequest>());
    if (!checked) throw new Error('the guard left no checked token behind');
    all.push(checked);
  }
  return all;
}
