import { Inject, Injectable } from '@nestjs/common';
import type { Revocation, RevokingChange } from '@portcullis/auth';
import type { Application } from '../../applications/application.js';
import { applicationNotFound } from '../../applications/applications.errors.js';
import { ApplicationsService } from '../../applications/applications.service.js';
import type { ApplicationChange } from '../../applications/applications.store.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { EndedSessions } from '../sessions/sessions.store.js';
import { IssuerVersionService } from './issuer-version.service.js';
import { RevocationService } from './revocation.service.js';
import type { Ending } from './session-ender.js';

/** The ways in which many users' sessions end at once: those of an application, and all there are. */
@Injectable()
export class WideSessionEnder {
  constructor(
    @Inject(RevocationService) private readonly revocations: RevocationService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(IssuerVersionService) private readonly issuerVersion: IssuerVersionService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
  ) {}

  /**
   * Ends every session of an application, with what `plan` changes of it, as it is then, in the same write.
   * @throws ProblemException `not_found`
   */
  async endApplication(
    id: string,
    ending: Ending,
    plan?: (application: Application) => ApplicationChange,
  ): Promise<{ application: Application; revocation: Revocation }> {
    const { result: application, revocation } = await this.revokeApplication(
      id,
      ending,
      async (condition) => {
        const change = plan ? plan(await this.applications.get(id)) : {};
        return this.applications.commit(id, condition, change);
      },
    );
    return { application, revocation };
  }

  /** Deletes it. @throws ProblemException `not_found` */
  async removeApplication(id: string, ending: Ending): Promise<Revocation> {
    const { revocation } = await this.revokeApplication(
      id,
      ending,
      async (condition) => (await this.applications.remove(id, condition)) || null,
    );
    return revocation;
  }

  /** Ends every session there is. */
  async endEverybody(ending: Ending): Promise<Revocation> {
    const { revocation } = await this.revocations.revoke(
      { scope: 'everybody', reason: ending.reason },
      {
        subject: 'i',
        readVersion: () => this.issuerVersion.read(),
        commit: async (condition) => (await this.issuerVersion.commit(condition)) || null,
      },
      (_, issuer) => this.closeSessions({ openedBelow: { issuer } }, ending),
    );
    return revocation;
  }

  private async revokeApplication<Result>(
    id: string,
    ending: Ending,
    commit: RevokingChange<Result>['commit'],
  ): Promise<{ result: Result; revocation: Revocation }> {
    return this.revocations.revoke(
      { scope: 'application', reason: ending.reason },
      { subject: `c:${id}`, readVersion: () => this.readVersion(id), commit },
      (_, application) =>
        this.closeSessions({ application: id, openedBelow: { application } }, ending),
    );
  }

  private async readVersion(id: string): Promise<number> {
    const current = await this.applications.readVersion(id);
    if (current === null) throw applicationNotFound();
    return current.version;
  }

  /** The lists say so too. The revoke holds without it. */
  private closeSessions(ended: EndedSessions, ending: Ending): Promise<number> {
    return this.sessions.endAll(ended, ending.reason, ending.by);
  }
}
