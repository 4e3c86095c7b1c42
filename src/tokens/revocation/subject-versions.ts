import { Inject, Injectable } from '@nestjs/common';
import { TokenVersionSource, type Subject, type SubjectVersion } from '@portcullis/auth';
import { ApplicationsService } from '../../applications/applications.service.js';
import { UsersService } from '../../users/users.service.js';
import { KeysService } from '../keys/keys.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { IssuerVersionService } from './issuer-version.service.js';

/** The truth about one subject, read from the database now. */
@Injectable()
export class SubjectVersions extends TokenVersionSource {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(IssuerVersionService) private readonly issuer: IssuerVersionService,
  ) {
    super();
  }

  /** @throws StorageUnavailableError when the database cannot say. */
  override async read(subject: Subject): Promise<SubjectVersion | null> {
    const id = subject.slice(2);
    switch (subject[0]) {
      case 'u':
        return this.users.readVersion(id);
      case 'c': {
        const application = await this.applications.readVersion(id);
        if (application === null) return null;
        const { version, enabled } = application;
        return { version, status: enabled ? 'active' : 'disabled' };
      }
      case 's':
        return fromTwo(await this.sessions.readVersion(id), 'ended');
      case 'k':
        return fromTwo(await this.keys.readVersion(id), 'revoked');
      default:
        return { version: await this.issuer.read(), status: 'active' };
    }
  }
}

/** Of what can be ended once: 1 while it holds, 2 from then on. */
function fromTwo(version: 1 | 2 | null, over: string): SubjectVersion | null {
  return version && { version, status: version === 1 ? 'active' : over };
}
