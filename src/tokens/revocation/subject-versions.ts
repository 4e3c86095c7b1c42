import { Inject, Injectable } from '@nestjs/common';
import { ApplicationsService } from '../../applications/applications.service.js';
import { UsersService } from '../../users/users.service.js';
import { KeysService } from '../keys/keys.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { IssuerVersionService } from './issuer-version.service.js';
import type { CurrentVersion, Subject } from './subject.js';

/** The truth about one subject, read from the database now. */
@Injectable()
export class SubjectVersions {
  constructor(
    @Inject(UsersService) private readonly users: UsersService,
    @Inject(SessionsService) private readonly sessions: SessionsService,
    @Inject(ApplicationsService) private readonly applications: ApplicationsService,
    @Inject(KeysService) private readonly keys: KeysService,
    @Inject(IssuerVersionService) private readonly issuer: IssuerVersionService,
  ) {}

  /** @throws StorageUnavailableError when the database cannot say. */
  async read(subject: Subject): Promise<CurrentVersion> {
    const id = subject.slice(2);
    switch (subject[0]) {
      case 'u': {
        const user = await this.users.readVersion(id);
        return user?.status === 'active' ? user.version : null;
      }
      case 'c': {
        const application = await this.applications.readVersion(id);
        return application?.enabled === true ? application.version : null;
      }
      case 's':
        return this.sessions.readVersion(id);
      case 'k':
        return this.keys.readVersion(id);
      default:
        return this.issuer.read();
    }
  }
}
