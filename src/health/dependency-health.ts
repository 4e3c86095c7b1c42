import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Database } from '../storage/database.js';
import { IssuerVersionService } from '../tokens/revocation/issuer-version.service.js';
import { KeysService } from '../tokens/keys/keys.service.js';

/** What this server cannot do without. Answers name the part and nothing of its address or error. */
@Injectable()
export class DependencyHealth {
  constructor(
    @Inject(HealthIndicatorService) private readonly indicators: HealthIndicatorService,
    @Inject(IssuerVersionService) private readonly issuerVersion: IssuerVersionService,
    @Inject(KeysService) private readonly signingKeys: KeysService,
    @Inject(Database) private readonly storage: Database,
  ) {}

  /** One real read, by the way that every check of a token takes. */
  database(): Promise<HealthIndicatorResult> {
    return this.probe('database', { engine: this.storage.engine }, () => this.issuerVersion.read());
  }

  keys(): Promise<HealthIndicatorResult> {
    return this.probe('keys', {}, () => this.signingKeys.current);
  }

  private async probe(
    name: string,
    details: Record<string, string>,
    read: () => unknown,
  ): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    try {
      await read();
      return indicator.up(details);
    } catch {
      return indicator.down(details);
    }
  }
}
