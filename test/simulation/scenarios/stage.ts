// A small world for one story: messages take a millisecond each way, and nothing goes wrong but what the
// story says.
import type { NodeTraits, SimulatedNode } from '../nodes/node.js';
import type { Violation } from '../run/checker.js';
import type { Sabotage } from '../sabotages/sabotages.js';
import type { Fate, Message } from '../world/network.js';
import type { NamedVersion, Subject } from '../../../libs/auth/src/revocation/subject.js';
import { World } from '../world/world.js';

export const cut: Fate = { refused: true };
export const lost: Fate = { request: null, reply: null };

/** How many events the log of a story keeps. */
export const kept = 4;
const users: readonly Subject[] = ['u:1', 'u:2', 'u:3'];

export type Story = (stage: Stage) => Promise<void>;

export class Stage {
  readonly world: World;
  private readonly rules: ((message: Message) => Fate | undefined)[] = [];

  constructor({ parts = {}, log = {} }: Sabotage) {
    this.world = new World({ seed: 1, log: { kept, ...log }, parts, isTraced: true });
    this.world.network.script = (message) => this.fateOf(message);
    for (const user of users) this.world.database.insert(user);
  }

  /** A node that has polled. */
  async boot(traits: Partial<NodeTraits> = {}): Promise<SimulatedNode> {
    const sound = { kind: 'server', leaseMs: 5_000, bell: 'none', hasSecondLevel: false } as const;
    const node = this.world.boot({ ...sound, ...traits });
    await this.pass(10);
    return node;
  }

  /** What happens to the messages of `node` that begin with `what`; taken back by the function returned. */
  rule(
    node: SimulatedNode,
    what: string,
    fate: Fate | (() => Fate | undefined),
    to?: SimulatedNode,
  ): () => void {
    const rule = (message: Message): Fate | undefined => {
      const isMeant =
        message.from === node.machine &&
        message.what.startsWith(what) &&
        (to === undefined || message.to === to.name);
      if (!isMeant) return undefined;
      return typeof fate === 'function' ? fate() : fate;
    };
    this.rules.unshift(rule);
    return () => {
      this.rules.splice(this.rules.indexOf(rule), 1);
    };
  }

  pass(ms: number): Promise<void> {
    return this.world.pass(ms);
  }

  /** Lets time pass until something holds. */
  async until(holds: () => boolean): Promise<void> {
    for (let i = 0; i < 20_000 && !holds(); i++) await this.pass(1);
    if (!holds()) throw new Error(`never: ${holds.toString()}\n${this.world.lines.join('\n')}`);
  }

  /** A request with the first token of `user`, decided within a few milliseconds unless reads are slow. */
  async ask(node: SimulatedNode, user: Subject = 'u:1'): Promise<void> {
    const token: NamedVersion[] = [[user, 1]];
    node.ask(token);
    await this.pass(30);
  }

  /** Begins to revoke. @returns whether it has answered by now. */
  revoke(node: SimulatedNode, user: Subject = 'u:1'): () => boolean {
    let hasAnswered = false;
    node.revoke([[user, 'active']], () => {
      hasAnswered = true;
    });
    return () => hasAnswered;
  }

  /** Others' revokes, as many as make the log forget everything before them. */
  burst(): void {
    const events = Array.from(
      { length: kept },
      (_, i) => ({ subject: `s:${i}`, version: 2 }) as const,
    );
    this.world.log.append(events);
  }

  private fateOf(message: Message): Fate {
    for (const rule of this.rules) {
      const fate = rule(message);
      if (fate !== undefined) return fate;
    }
    return { request: 1, reply: 1 };
  }
}

export interface Told {
  readonly violations: readonly Violation[];
  readonly trace: string;
  readonly counts: World['checker']['counts'];
}

export async function tell(story: Story, sabotage: Sabotage = {}): Promise<Told> {
  const stage = new Stage(sabotage);
  await story(stage);
  const { violations, counts } = stage.world.checker;
  return { violations, counts, trace: stage.world.lines.join('\n') };
}
