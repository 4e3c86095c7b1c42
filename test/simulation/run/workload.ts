// What people do: they log in, ask for things with new and with old tokens, and are revoked.
import type { Change, SimulatedNode } from '../nodes/node.js';
import type { NamedVersion, Subject } from '../../../libs/auth/src/revocation/subject.js';
import type { World } from '../world/world.js';
import type { Plan } from './plan.js';

type Token = readonly NamedVersion[];

const issuer = 'i';
const application: Subject = 'c:web';

export class Workload {
  private isOn = true;
  private readonly users: Subject[];
  /** Every token that was ever minted, oldest first. */
  private readonly tokens: Token[] = [];
  private sessions = 0;
  private keys = 0;
  private key: Subject = 'k:1';

  constructor(
    private readonly world: World,
    private readonly plan: Plan,
  ) {
    this.users = Array.from({ length: plan.users }, (_, i): Subject => `u:${i + 1}`);
    for (const subject of [issuer, application, ...this.users] as const) {
      world.database.insert(subject);
    }
    this.rotateKey();
    for (const user of this.users) this.logIn(user);
    this.keepAsking();
    this.keepRevoking();
  }

  end(): void {
    this.isOn = false;
  }

  /** Of each user the newest token that still holds. */
  get currentTokens(): readonly Token[] {
    return this.tokens.filter((token) => this.holds(token)).slice(-3);
  }

  get endedTokens(): readonly Token[] {
    return this.tokens.filter((token) => !this.holds(token)).slice(-4);
  }

  private holds(token: Token): boolean {
    return token.every(([subject, version]) => {
      const row = this.world.database.read(subject);
      return row?.version === version && row.status === 'active';
    });
  }

  /** The record that authorises it is read now; the token says what was read. */
  private logIn(user: Subject): void {
    const { database } = this.world;
    this.sessions += 1;
    const session: Subject = `s:${this.sessions}`;
    database.insert(session);
    if (database.read(this.key)?.version !== 1) this.rotateKey();
    const others = { c: application, i: issuer, k: this.key } as const;
    const named = [user, ...this.plan.named.map((kind) => others[kind]), session] as const;
    if (database.read(user)?.status !== 'active') return;
    const token = named.map((subject) => [subject, database.read(subject)!.version] as const);
    // Until it is in somebody's hands it may have been revoked.
    this.world.after(this.world.random.between(0, 300), () => this.tokens.push(token));
  }

  private rotateKey(): void {
    this.keys += 1;
    this.key = `k:${this.keys}`;
    this.world.database.insert(this.key);
  }

  private keepAsking(): void {
    const { world } = this;
    world.after(world.random.between(20, 400), () => {
      if (!this.isOn) return;
      if (world.nodes.size > 0) {
        const node = world.random.pick([...world.nodes]);
        for (let i = world.random.whole(1, 3); i > 0; i--) this.ask(node);
      }
      this.keepAsking();
    });
  }

  /** Mostly with one of the newest tokens. */
  private ask(node: SimulatedNode): void {
    const { random } = this.world;
    const some = random.chance(0.7) ? this.tokens.slice(-3) : this.tokens.slice(-8);
    if (this.isOn && some.length > 0) node.ask(random.pick(some));
  }

  private keepRevoking(): void {
    const { world, plan } = this;
    world.after(world.random.between(100, 2 * plan.revokesEveryMs), () => {
      if (!this.isOn) return;
      this.warmUp();
      world.after(world.random.pick([0, 5, 20, 300]), () => {
        const servers = [...world.nodes].filter(({ kind }) => kind === 'server');
        if (servers.length > 0 && this.isOn) this.revoke(world.random.pick(servers));
      });
      this.keepRevoking();
    });
  }

  /** Everywhere, so that what will be old is in memory. */
  private warmUp(): void {
    const { world } = this;
    for (const node of world.nodes) {
      world.after(world.random.between(0, 20), () => this.ask(node));
    }
  }

  private revoke(server: SimulatedNode): void {
    const { random } = this.world;
    const changes = new Map<Subject, string>();
    const count = random.chance(0.15) ? random.whole(2, 4) : 1;
    for (let i = 0; i < count; i++) changes.set(...this.someChange());
    server.revoke([...changes], (done) => {
      for (const subject of done) {
        if (subject.startsWith('u:')) this.comeBack(subject);
        this.tryOldTokens(subject);
      }
      if (done.some((subject) => !subject.startsWith('u:'))) this.logIn(random.pick(this.users));
    });
    // Also when nobody is left to answer: by then it holds, or it has not happened.
    const longest = Math.max(...this.world.leasesEver);
    for (const subject of changes.keys()) {
      this.world.after(random.between(1, 1.1) * longest, () => this.tryOldTokens(subject));
    }
  }

  private someChange(): Change {
    const { random } = this.world;
    const what = random.next();
    if (what < 0.7) return [random.pick(this.users), random.chance(0.3) ? 'suspended' : 'active'];
    if (what < 0.8) return [application, 'active'];
    if (what < 0.87) return [issuer, 'active'];
    if (what < 0.93) return [this.key, 'revoked'];
    return [`s:${random.whole(Math.max(1, this.sessions - 2), this.sessions)}`, 'ended'];
  }

  /** After a revoke the user logs in again, or is let in again later. */
  private comeBack(user: Subject): void {
    const { world } = this;
    world.after(world.random.between(0, 200), () => this.logIn(user));
  }

  /** The moment at which it must not be let in any more, and for a while after it. */
  private tryOldTokens(subject: Subject): void {
    const { world } = this;
    const version = world.database.read(subject)?.version ?? 0;
    const old = this.tokens.findLast((token) =>
      token.some(([named, its]) => named === subject && its < version),
    );
    if (old === undefined) return;
    for (const node of world.nodes) {
      for (const ms of [0.01, 100, 2_000]) {
        world.after(ms * world.random.next(), () => node.ask(old));
      }
    }
  }
}
