// What the tabs of one application say to each other, over a BroadcastChannel of their own.
import type { Page } from '../page.js';
import type { EndReason } from '../session.js';
import type { Snapshot } from '../session/held.js';
import type { Rank } from '../token/claims.js';

export type Message =
  /** Who has a session, or a newer token of this one? */
  | { readonly t: 'hello'; readonly sid?: string; readonly rank?: Rank }
  | { readonly t: 'token'; readonly held: Snapshot }
  /** A request under way may bring a newer token. */
  | { readonly t: 'busy' }
  | { readonly t: 'end'; readonly sid: string; readonly reason: EndReason; readonly refused?: Rank }
  /** The stream's holder is alive. */
  | { readonly t: 'beat'; readonly hidden: boolean }
  /** A visible tab would hold the stream. */
  | { readonly t: 'want' };

export class Tabs {
  #channel: InstanceType<NonNullable<Page['BroadcastChannel']>> | undefined;

  constructor(
    private readonly page: Page,
    private readonly name: string,
    private readonly onMessage: (message: Message) => void,
  ) {}

  /** @returns whether there is such a thing here. */
  open(): boolean {
    try {
      this.#channel ??= this.page.BroadcastChannel && new this.page.BroadcastChannel(this.name);
    } catch {
      // A sandboxed frame.
    }
    if (this.#channel) {
      this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.onMessage(data);
    }
    return this.#channel !== undefined;
  }

  post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
