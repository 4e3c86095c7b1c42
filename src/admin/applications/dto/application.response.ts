import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Application } from '../../../applications/application.js';
import { RevocationResponse } from '../../dto/revocation.response.js';
import type {
  ListedApplication,
  PatchedApplication,
  SecretApplication,
} from '../admin-applications.service.js';

/** An application as the API shows one; times in seconds. */
export class ApplicationResponse {
  @ApiProperty() readonly id: string;
  @ApiProperty() readonly name: string;
  @ApiProperty() readonly audience: string;
  @ApiProperty({ type: [String] }) readonly allowedOrigins: readonly string[];
  @ApiProperty({ type: 'integer' }) readonly accessTokenTtl: number;
  @ApiProperty({ type: 'integer' }) readonly refreshAfter: number;
  @ApiProperty({ type: 'integer' }) readonly sessionTtl: number;
  @ApiProperty({ type: 'integer' }) readonly warnBefore: number;
  @ApiProperty() readonly resourceServer: boolean;
  @ApiProperty() readonly enabled: boolean;
  @ApiProperty({ format: 'date-time' }) readonly createdAt: string;
  @ApiProperty({ format: 'date-time' }) readonly updatedAt: string;

  constructor(application: Application) {
    const { accessTokenTtl, refreshAfter, sessionTtl, warnBefore } = application.policy;
    this.id = application.id;
    this.name = application.name;
    this.audience = application.audience;
    this.allowedOrigins = application.allowedOrigins;
    this.accessTokenTtl = accessTokenTtl;
    this.refreshAfter = refreshAfter;
    this.sessionTtl = sessionTtl;
    this.warnBefore = warnBefore;
    this.resourceServer = application.resourceServer;
    this.enabled = application.enabled;
    this.createdAt = application.createdAt.toISOString();
    this.updatedAt = application.updatedAt.toISOString();
  }
}

export class ApplicationEnvelope {
  @ApiProperty({ type: ApplicationResponse }) readonly application: ApplicationResponse;

  constructor(application: Application) {
    this.application = new ApplicationResponse(application);
  }
}

/** With what is on it now. */
export class ListedApplicationResponse extends ApplicationResponse {
  @ApiProperty({ type: 'integer', description: 'Sessions that can still make a request.' })
  readonly liveSessions: number;

  constructor(application: Application, liveSessions: number) {
    super(application);
    this.liveSessions = liveSessions;
  }
}

export class ListedApplicationEnvelope {
  @ApiProperty({ type: ListedApplicationResponse }) readonly application: ListedApplicationResponse;

  constructor(application: Application, liveSessions: number) {
    this.application = new ListedApplicationResponse(application, liveSessions);
  }
}

export class ApplicationListResponse {
  @ApiProperty({ type: [ListedApplicationResponse] })
  readonly applications: readonly ListedApplicationResponse[];

  constructor(rows: readonly ListedApplication[]) {
    this.applications = rows.map(
      ({ application, liveSessions }) => new ListedApplicationResponse(application, liveSessions),
    );
  }
}

export class SecretApplicationResponse extends ApplicationEnvelope {
  @ApiProperty({ description: 'Shown this once.' }) readonly secret: string;

  constructor({ application, secret }: SecretApplication) {
    super(application);
    this.secret = secret;
  }
}

/** `revocation` is there where sessions had to end. */
export class ChangedApplicationResponse extends ApplicationEnvelope {
  @ApiPropertyOptional({ type: RevocationResponse }) readonly revocation?: RevocationResponse;

  constructor({ application, revocation }: PatchedApplication) {
    super(application);
    if (revocation) this.revocation = new RevocationResponse(revocation);
  }
}
