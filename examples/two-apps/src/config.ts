// What the page's own server says of it: which application this is, and where the others are.

export interface Config {
  readonly name: 'Orders' | 'Billing';
  /** `client_id` at the server. */
  readonly application: string;
  readonly server: string;
  readonly ordersService: string;
  readonly other: { readonly name: string; readonly url: string };
  /** Signing out here: only here, or of everything. The application's own decision. */
  readonly signsOutEverywhere: boolean;
  readonly idleSeconds: number;
  readonly sessionSeconds: number;
  /** Given to anybody: this is a show, on this machine. A real page knows no administrator. */
  readonly administrator: { readonly email: string; readonly password: string };
}

export async function loadConfig(): Promise<Config> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json answered ${String(response.status)}`);
  return (await response.json()) as Config;
}
