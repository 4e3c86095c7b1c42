import { Inject, Injectable } from '@nestjs/common';
import type { Revocation } from '@portcullis/auth';
import { defaultApplicationId, type Application } from '../../applications/application.js';
import { applicationContended } from '../../applications/applications.errors.js';
import { ApplicationsService } from '../../applications/applications.service.js';
import type { ApplicationChange } from '../../applications/applications.store.js';
import { Environment } from '../../config/environment.js';
import { WideSessionEnder } from '../../tokens/revocation/wide-session-ender.js';
import { SessionsService } from '../../tokens/sessions/sessions.service.js';
import { OperatorLog, type OperatorAction } from '../operator-log.js';
import { endingBy, revokedByAdmin, type Operator } from '../operator.js';
import { defaultApplicationStays } from './admin-applications.errors.js';
import {
  changedApplication,
  changeOf,
  endingReasonOf,
  writeOf,
  type ApplicationPatch,
} from './application-patch.js';
import { assertValid, completePolicy } from './application-rules.js';

export type NewApplicationValues = ApplicationPatch & Pick<Application, 'id' | 'name'>;

export interface SecretApplication {
  readonly application: Application;
  /** Kept nowhere: shown this once. */
  readonly secret: string;
}

export interface ListedApplication {
  readonly application: Application;
  readonly liveSessions: number;
}

export interface PatchedApplication {
  readonly application: Application;
  /** Null where nothing had to be revoked. */
  readonly revocation: Revocation | null;
}

/** What operators do with the programs that users sign in to. */
@Injectable()
export class AdminApplicationsService {
  constructor(
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(WideSessionEnder) private readonly ender: WideSessionEnder,
    @Inject(Environment) private readonly environment: Environment,
    @Inject(OperatorLog) private readonly log: OperatorLog,
  ) {}

  list(): Promise<readonly Application[]> {
    return this.applications.list();
  }

  /** With how many sessions each has now. */
  async listWithSessions(): Promise<readonly ListedApplication[]> {
    const applications = await this.applications.list();
    return Promise.all(
      applications.map(async (application) => {
        const liveSessions = await this.sessions.countLive({ application: application.id });
        return { application, liveSessions };
      }),
    );
  }

  /** The sessions that would end. @throws ProblemException `not_found` */
  async countLive(id: string): Promise<number> {
    await this.applications.get(id);
    return this.sessions.countLive({ application: id });
  }

  /** @throws ProblemException `not_found` */
  get(id: string): Promise<Application> {
    return this.applications.get(id);
  }

  /** @throws ProblemException `validation_failed`, `conflict` when the id is taken. */
  create(operator: Operator, values: NewApplicationValues): Promise<SecretApplication> {
    const { id } = values;
    return this.log.record(operator, on(id, 'application.create'), async () => {
      const { issuerUrl, defaultPolicy } = this.environment;
      const wanted = {
        id,
        name: values.name,
        audience: values.audience ?? id,
        allowedOrigins: values.allowedOrigins ?? [],
        policy: completePolicy(values, defaultPolicy),
        resourceServer: values.resourceServer ?? false,
        enabled: values.enabled ?? true,
      };
      assertValid(wanted, issuerUrl);
      const created = await this.applications.create(wanted);
      return { ...created, changes: changedApplication(null, created.application) };
    });
  }

  /**
   * Disabling it and giving it another audience end its sessions; nothing else does.
   * @throws ProblemException `not_found`, `validation_failed`, `conflict`
   */
  update(
    operator: Operator,
    id: string,
    patch: ApplicationPatch,
    reason?: string,
  ): Promise<PatchedApplication> {
    return this.log.record(operator, on(id, 'application.update', reason), async () => {
      let before = await this.applications.get(id);
      const ending = endingReasonOf(changeOf(before, patch));
      /** For the application as it is when it is written, which may not be as it was read here. */
      const plan = (now: Application): ApplicationChange => {
        before = now;
        const change = changeOf(now, patch);
        assertValid({ ...now, ...change }, this.environment.issuerUrl);
        if (change.enabled === false) assertNotDefault(id);
        // What was disabled when it was read, and is not any more, is disabled by a revoke only.
        if (ending === null && endingReasonOf(change) !== null) throw applicationContended();
        return writeOf(now, change);
      };
      const changed: PatchedApplication =
        ending === null
          ? { application: await this.applications.update(id, plan), revocation: null }
          : await this.ender.endApplication(id, endingBy(operator, reason ?? ending), plan);
      return { ...changed, changes: changedApplication(before, changed.application) };
    });
  }

  /** @throws ProblemException `not_found`, `conflict` for the default application. */
  async remove(operator: Operator, id: string, reason?: string): Promise<Revocation> {
    const action = on(id, 'application.delete', reason);
    const { revocation } = await this.log.record(operator, action, async () => {
      assertNotDefault(id);
      const before = await this.applications.get(id);
      const ending = endingBy(operator, reason ?? 'application_deleted');
      const removed = await this.ender.removeApplication(id, ending);
      return { revocation: removed, changes: changedApplication(before, null) };
    });
    return revocation;
  }

  /** Every session of it ends. @throws ProblemException `not_found` */
  async revoke(operator: Operator, id: string, reason?: string): Promise<Revocation> {
    const action = on(id, 'application.revoke', reason);
    const { revocation } = await this.log.record(operator, action, () =>
      this.ender.endApplication(id, endingBy(operator, reason ?? revokedByAdmin)),
    );
    return revocation;
  }

  /** A new secret; the old one is refused from now on. @throws ProblemException `not_found` */
  rotateSecret(operator: Operator, id: string): Promise<SecretApplication> {
    return this.log.record(operator, on(id, 'application.secret'), async () => {
      const secret = await this.applications.rotateSecret(id);
      return { application: await this.applications.get(id), secret };
    });
  }
}

const on = (id: string, action: string, reason?: string): OperatorAction => ({
  action,
  target: { type: 'application', id },
  reason,
});

function assertNotDefault(id: string): void {
  if (id === defaultApplicationId) throw defaultApplicationStays();
}
