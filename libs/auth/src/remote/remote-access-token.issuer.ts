import { toMinted, type CheckedToken, type MintedToken } from '../access-token/checked-token.js';
import { parseClaims } from '../access-token/claims.js';
import { parseCompactJws } from '../access-token/compact-jws.js';
import type { Clock } from '../clock.js';
import { Generations } from '../generations.js';
import { AccessTokenIssuer } from '../refresh/access-token.issuer.js';
import { FreshestTokens, isDueForRefresh } from '../refresh/freshest-tokens.js';
import type { IssuerClient } from './issuer-client.js';

/** Sessions; beyond it the server is asked once more than needed. */
const maxKept = 50_000;

/**
 * The next token of a session from the server, for services that have no key: asked beside the handler,
 * at most once per session and `refreshAfterSeconds`, and once at a time. When the server cannot
 * answer, the response goes out without a new token.
 */
export class RemoteAccessTokenIssuer extends AccessTokenIssuer {
  private readonly freshest = new FreshestTokens();
  /** When the server answered that the token is not to be replaced yet: its own policy may be slower. */
  private readonly keptAt = new Generations<string, number>(maxKept);
  private readonly underWay = new Map<string, Promise<MintedToken | null>>();

  constructor(
    private readonly client: IssuerClient,
    private readonly clock: Clock,
    private readonly refreshAfterSeconds: number,
  ) {
    super();
  }

  override prepare(checked: CheckedToken): void {
    if (this.isDue(this.freshest.newest(checked))) void this.fetch(checked);
  }

  override refresh(checked: CheckedToken): MintedToken | Promise<MintedToken | null> {
    const newest = this.freshest.newest(checked);
    return this.isDue(newest) ? this.fetch(checked) : newest;
  }

  private isDue(minted: MintedToken): boolean {
    const now = this.clock.now();
    if (!isDueForRefresh(minted, now, this.refreshAfterSeconds)) return false;
    const sinceKept = now - (this.keptAt.get(minted.token) ?? -Infinity);
    return sinceKept < 0 || sinceKept >= this.refreshAfterSeconds * 1000;
  }

  /** Keyed by the token, not the session: an answer for one token's versions is not another's. */
  private fetch(checked: CheckedToken): Promise<MintedToken | null> {
    const known = this.underWay.get(checked.token);
    if (known) return known;
    const asked = this.ask(checked)
      .catch(() => null)
      .finally(() => this.underWay.delete(checked.token));
    this.underWay.set(checked.token, asked);
    return asked;
  }

  private async ask(checked: CheckedToken): Promise<MintedToken | null> {
    const { access_token: token } = await this.client.post('/oauth/refresh', {
      token: checked.token,
    });
    const jws = typeof token === 'string' ? parseCompactJws(token) : null;
    const claims = jws && parseClaims(jws.payload);
    // Another session's token would sign this user in as somebody else.
    if (jws === null || claims?.sid !== checked.sid) return null;
    if (claims.sub !== checked.principal.subject) return null;
    const minted = toMinted(jws.token, claims);
    this.freshest.remember(minted);
    const newest = this.freshest.newest(checked);
    if (this.isDue(newest)) this.keptAt.set(newest.token, this.clock.now());
    return minted;
  }
}
