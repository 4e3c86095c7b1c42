import { Inject, Injectable } from '@nestjs/common';
import {
  Doorbell,
  RevocationLog,
  RevocationNode,
  type PollReply,
  type Subject,
  type SubjectVersion,
} from '@portcullis/auth';
import { LRUCache } from 'lru-cache';
import type { Application } from '../../../applications/application.js';
import { Environment } from '../../../config/environment.js';
import { SubjectVersions } from '../../revocation/subject-versions.js';
import type { PollDto } from './node-requests.dto.js';
import { tooMany } from './nodes.errors.js';

/** A revoke waits for each of them: one application must not be able to make everybody wait. */
const maxNodesPerApplication = 64;

/** Other people's services as nodes: their polls are passed on to the log, under a name of their own. */
@Injectable()
export class ServiceNodes {
  /** Nodes that were counted before; the others are counted at their first poll here. */
  private readonly counted = new LRUCache<string, true>({ max: 10_000 });

  constructor(
    @Inject(RevocationLog) private readonly log: RevocationLog,
    @Inject(Doorbell) private readonly bell: Doorbell,
    @Inject(RevocationNode) private readonly member: RevocationNode,
    @Inject(SubjectVersions) private readonly source: SubjectVersions,
    @Inject(Environment) private readonly environment: Environment,
  ) {}

  /** The lease is what this server's own would be, never more. @throws ProblemException `rate_limited` */
  async poll(application: Application, request: PollDto): Promise<PollReply> {
    const node = nameOf(application, request.node);
    await this.assertFewEnough(application, node);
    const { log = null, acked, after, polls } = request;
    const leaseMs = this.environment.revocationLeaseSeconds * 1000;
    // A revoker elsewhere waits for this; he would find it in the log a little later.
    const { logId, applied } = this.member.state;
    const isKnown = log !== null && log === logId && acked <= applied;
    if (isKnown) this.bell.acknowledge({ log, node, acked });
    const reply = await this.log.poll({ node, kind: 'service', log, acked, after, polls, leaseMs });
    if (!isKnown && reply.log === log && acked <= reply.seq) {
      this.bell.acknowledge({ log, node, acked });
    }
    return reply;
  }

  async leave(application: Application, node: string): Promise<void> {
    await this.log.leave(nameOf(application, node));
  }

  /** From the database, by reads that begin now: the answer may be older than no revoke before it. */
  async readVersions(subjects: readonly Subject[]): Promise<Record<string, SubjectVersion>> {
    const read = await Promise.all(
      subjects.map(async (subject) => [subject, await this.source.read(subject)] as const),
    );
    return Object.fromEntries(
      read.flatMap(([subject, version]) => (version === null ? [] : [[subject, version]])),
    );
  }

  private async assertFewEnough(application: Application, node: string): Promise<void> {
    if (this.counted.has(node)) return;
    const { nodes } = await this.log.readHead();
    const others = nodes.filter(({ id }) => id !== node && id.startsWith(nameOf(application, '')));
    if (others.length >= maxNodesPerApplication) throw tooMany(`${maxNodesPerApplication} nodes`);
    this.counted.set(node, true);
  }
}

/** An application's id has no slash, so that none can speak for another's node. */
const nameOf = ({ id }: Application, node: string): string => `${id}/${node}`;
