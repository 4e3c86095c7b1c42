import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, type CommitCondition } from '@portcullis/auth';
import { Environment } from '../config/environment.js';
import { DuplicateError } from '../storage/storage.errors.js';
import { ApplicationPolicies } from './application-policies.js';
import { defaultApplicationId, type Application } from './application.js';
import {
  applicationContended,
  applicationExists,
  applicationNotFound,
  tooManyApplications,
} from './applications.errors.js';
import { ApplicationsStore, type ApplicationChange } from './applications.store.js';
import { hashClientSecret, isClientSecret, newClientSecret } from './client-secret.js';

/** A list is the whole list everywhere, so there are few. */
const maxApplications = 1000;
/** Of a change that somebody else's change overtakes. */
const maxRounds = 5;

export type NewApplication = Pick<
  Application,
  'id' | 'name' | 'audience' | 'allowedOrigins' | 'policy'
> &
  Pick<Application, 'resourceServer' | 'enabled'>;

/** The registered programs: their policy, their origins, and whether a caller is one of them. */
@Injectable()
export class ApplicationsService implements OnApplicationBootstrap {
  constructor(
    @Inject(ApplicationsStore) private readonly store: ApplicationsStore,
    @Inject(ApplicationPolicies) private readonly policies: ApplicationPolicies,
    @Inject(Environment) private readonly environment: Environment,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The default application exists from the first start on; a policy set in the environment wins. */
  async onApplicationBootstrap(): Promise<void> {
    const { defaultPolicy: policy, isPolicySet } = this.environment;
    const existing = await this.store.findById(defaultApplicationId);
    if (existing === null) await this.createDefault();
    else if (isPolicySet) {
      const change = { policy: { from: existing.policy, to: policy } };
      await this.store.update(existing.id, change, existing.updatedAt);
    }
    await this.policies.reload();
  }

  /** The application and its secret, which is shown this once. @throws ProblemException `conflict` */
  async create(values: NewApplication): Promise<{ application: Application; secret: string }> {
    if ((await this.store.list()).length >= maxApplications)
      throw tooManyApplications(maxApplications);
    const now = new Date(this.clock.now());
    const version = firstVersion(values.id, now);
    const application: Application = { ...values, version, createdAt: now, updatedAt: now };
    const secret = newClientSecret();
    try {
      await this.store.insert(application, hashClientSecret(secret));
    } catch (error) {
      throw error instanceof DuplicateError ? applicationExists() : error;
    }
    await this.policies.reload();
    return { application, secret };
  }

  list(): Promise<readonly Application[]> {
    return this.store.list();
  }

  find(id: string): Promise<Application | null> {
    return this.store.findById(id);
  }

  /** @throws ProblemException `not_found` */
  async get(id: string): Promise<Application> {
    const application = await this.store.findById(id);
    if (application === null) throw applicationNotFound();
    return application;
  }

  /**
   * A change that ends no session, planned for the application as it is: anew, when somebody else changed
   * its policy meanwhile. @throws ProblemException `not_found`, `conflict`
   */
  async update(
    id: string,
    plan: (application: Application) => ApplicationChange,
  ): Promise<Application> {
    for (let round = 0; round < maxRounds; round++) {
      const change = plan(await this.get(id));
      const application = await this.store.update(id, change, new Date(this.clock.now()));
      if (application === null) continue;
      await this.policies.reload();
      return application;
    }
    throw applicationContended();
  }

  /** A new secret in place of the old one, shown this once. @throws ProblemException `not_found` */
  async rotateSecret(id: string): Promise<string> {
    const secret = newClientSecret();
    const secretHash = hashClientSecret(secret);
    await this.update(id, () => ({ secretHash }));
    return secret;
  }

  /** The enabled application that this secret belongs to, or null; wrong id and wrong secret look alike. */
  async authenticate(id: string, secret: string): Promise<Application | null> {
    // Side by side: a joined service authenticates with every poll.
    const [secretHash, application] = await Promise.all([
      this.store.findSecretHash(id),
      this.store.findById(id),
    ]);
    const matches = isClientSecret(secret, secretHash);
    return matches && application?.enabled === true ? application : null;
  }

  readVersion(id: string): Promise<{ version: number; enabled: boolean } | null> {
    return this.store.readVersion(id);
  }

  /** The commit of a revoke; called by the revocation service only. */
  async commit(
    id: string,
    condition: CommitCondition,
    change: ApplicationChange,
  ): Promise<Application | null> {
    const application = await this.store.commit(id, condition, change, new Date(this.clock.now()));
    if (application !== null) await this.policies.reload();
    return application;
  }

  async remove(id: string, condition: CommitCondition): Promise<boolean> {
    const removed = await this.store.remove(id, condition);
    if (removed) await this.policies.reload();
    return removed;
  }

  private async createDefault(): Promise<void> {
    try {
      await this.create({
        id: defaultApplicationId,
        name: 'Default application',
        audience: defaultApplicationId,
        allowedOrigins: [],
        policy: this.environment.defaultPolicy,
        resourceServer: false,
        enabled: true,
      });
    } catch (error) {
      // Another node that started at the same moment was first.
      if ((await this.store.findById(defaultApplicationId)) === null) throw error;
    }
  }
}

/**
 * An id that was deleted may be taken again, and tokens of its first life must not hold in its second:
 * so a version begins where no earlier one can have got to. The default application is never deleted.
 */
const firstVersion = (id: string, now: Date): number =>
  id === defaultApplicationId ? 1 : now.getTime();
