// The administrator of the show: a session of its own, in memory, beside that of the user.
import { createSessionClient, type SessionClient } from '@portcullis/client';
import type { Config } from './config.js';

export interface Revocation {
  readonly durationMs: number;
  readonly nodes: readonly unknown[];
}

export class Administrator {
  private readonly client: SessionClient;

  constructor(private readonly config: Config) {
    this.client = createSessionClient({
      baseUrl: config.server,
      appId: `${config.application}-administrator`,
      storage: 'memory',
      push: 'off',
      autoExtend: false,
    });
  }

  async suspend(userId: string): Promise<Revocation> {
    const answer = await this.post(userId, 'suspend', 'from the demo');
    return (answer as { revocation: Revocation }).revocation;
  }

  async reactivate(userId: string): Promise<void> {
    await this.post(userId, 'reactivate', 'from the demo');
  }

  private async post(userId: string, action: string, reason: string): Promise<unknown> {
    await this.client.ready;
    if (this.client.session === null) await this.client.signIn(this.config.administrator);
    const url = new URL(`/admin/users/${userId}/${action}`, this.config.server);
    const response = await this.client.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason }),
    });
    if (!response.ok) throw new Error(`The server answered ${String(response.status)}.`);
    return response.json();
  }
}
