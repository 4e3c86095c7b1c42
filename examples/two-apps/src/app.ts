// One of the two applications: its session, and which view is shown when.
import { createSessionClient, type SessionClient } from '@portcullis/client';
import type { SessionEndedDetail } from '@portcullis/client/timeout-dialog';
import { Administrator } from './administrator.js';
import type { Config } from './config.js';
import { button, element } from './dom.js';
import { Drafts } from './session/drafts.js';
import { comeBack, leavePage, pageOwner, type Ending } from './session/ending.js';
import { network, onSwitch, switchedFetch, switchNetwork } from './session/network.js';
import type { Surroundings } from './surroundings.js';
import { administratorView } from './views/administrator.view.js';
import { happeningsView } from './views/happenings.view.js';
import { signInView } from './views/sign-in.view.js';
import { workView } from './views/work.view.js';

export class App implements Surroundings {
  readonly client: SessionClient;
  readonly drafts: Drafts;
  private readonly main = element('main');
  private ending: Ending | null = null;
  /** Ends what the view at hand has going. */
  private view = new AbortController();

  constructor(readonly config: Config) {
    this.client = createSessionClient({
      baseUrl: config.server,
      application: config.application,
      apiOrigins: [config.ordersService],
      appId: config.application,
      fetch: switchedFetch,
    });
    this.drafts = new Drafts(config.application);
  }

  async start(
    place: HTMLElement,
    dialog: HTMLElementTagNameMap['session-timeout-dialog'],
  ): Promise<void> {
    const { client, config } = this;
    document.title = config.name;
    document.body.dataset['application'] = config.application;
    const aside = element('aside', { ariaLabel: 'Behind the scenes' });
    aside.append(happeningsView(client), administratorView(client, new Administrator(config)));
    place.append(this.header(), this.main, aside);
    dialog.addEventListener('session-ended', (event) => this.onEnded(event));
    dialog.append(wayBack());
    dialog.client = client;
    client.on('signedin', () => this.show());
    window.addEventListener('popstate', () => this.show());
    await client.ready;
    this.show();
  }

  /** The page as it should be now. */
  show(): void {
    this.view.abort();
    this.view = new AbortController();
    const { session } = this.client;
    if (session === null) {
      this.main.replaceChildren(signInView(this, this.ending));
      return;
    }
    comeBack(session.user.id);
    this.ending = null;
    this.main.replaceChildren(workView(this, session, this.view.signal));
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.show();
  }

  private header(): HTMLElement {
    const { name, other } = this.config;
    return element(
      'header',
      {},
      element('strong', {}, name),
      element('a', { href: other.url }, `Go to ${other.name}`),
    );
  }

  /** Gone from view in this very moment; the browser has painted nothing in between. */
  private onEnded(event: Event): void {
    event.preventDefault();
    const { message } = (event as CustomEvent<SessionEndedDetail>).detail;
    const owner = pageOwner();
    this.ending = { message, hasDraft: owner !== null && this.drafts.load(owner) !== '' };
    leavePage();
    this.show();
    this.main.querySelector('h1')?.focus();
  }
}

/** The dialog may cover the switch that has cut the page off. */
function wayBack(): HTMLElement {
  const back = element('p', { slot: 'extra', hidden: true }, button('Go online', switchNetwork));
  onSwitch(() => (back.hidden = !network.isDown));
  return back;
}
