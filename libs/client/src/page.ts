// What of the window the client uses. Tests put another one in its place.

export interface Page {
  addEventListener(type: string, listener: (event: Event) => void, options?: object): void;
  readonly location: Pick<Location, 'href' | 'origin' | 'reload'>;
  readonly document: { readonly visibilityState: string; readonly baseURI: string };
  readonly navigator: { readonly locks?: Pick<LockManager, 'request'> };
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly BroadcastChannel: new (
    name: string,
  ) => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
}

export const isHidden = (page: Page): boolean => page.document.visibilityState === 'hidden';

/** False after so many milliseconds: in a race, that there was no answer. */
export const pause = (ms: number): Promise<false> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms, false);
  });
