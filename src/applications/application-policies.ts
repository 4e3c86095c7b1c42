import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, SharedCache } from '@portcullis/auth';
import type { Application } from './application.js';
import { ApplicationsStore } from './applications.store.js';

/** How old the picture may be: a policy or an origin changed on another node counts here after this. */
const maxAgeMs = 5000;
const cacheKey = 'applications';

/**
 * What is asked about applications at every request (policy, audience, origins), from memory. Nothing a
 * revoke depends on: versions and `enabled` are read where they are decided on.
 */
@Injectable()
export class ApplicationPolicies {
  private readonly logger = new Logger(ApplicationPolicies.name);
  private byId: ReadonlyMap<string, Application> = new Map();
  private origins: ReadonlySet<string> = new Set();
  private loadedAt = -Infinity;
  private loading: Promise<void> | null = null;

  constructor(
    @Inject(ApplicationsStore) private readonly store: ApplicationsStore,
    @Inject(SharedCache) private readonly cache: SharedCache,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The application as known now; an old picture is renewed beside the request, not before it. */
  find(id: string): Application | null {
    this.renew();
    return this.byId.get(id) ?? null;
  }

  /** Whether a browser at exactly this origin may call. */
  allowsOrigin(origin: string): boolean {
    this.renew();
    return this.origins.has(origin);
  }

  /** Reads the store now: at start, and after a change on this node. */
  async reload(): Promise<void> {
    this.picture(await this.store.list());
    this.cache.set(cacheKey, [...this.byId.values()], maxAgeMs);
  }

  private renew(): void {
    if (this.clock.now() - this.loadedAt < maxAgeMs || this.loading !== null) return;
    this.loading = this.load()
      .catch((error: unknown) => {
        // The last picture is kept: an outage of the database must not close every browser out.
        this.logger.warn(
          `applications could not be read: ${error instanceof Error ? error.message : ''}`,
        );
        this.loadedAt = this.clock.now();
      })
      .finally(() => {
        this.loading = null;
      });
  }

  private async load(): Promise<void> {
    const cached = await this.cache.get<readonly Application[]>(cacheKey);
    if (cached === undefined) await this.reload();
    else this.picture(cached);
  }

  private picture(applications: readonly Application[]): void {
    this.byId = new Map(applications.map((application) => [application.id, application]));
    const enabled = applications.filter((application) => application.enabled);
    this.origins = new Set(enabled.flatMap((application) => application.allowedOrigins));
    this.loadedAt = this.clock.now();
  }
}
