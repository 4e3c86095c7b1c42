// What of the window the client uses. Tests put another one in its place.

export interface Listenable {
  addEventListener(type: string, listener: (event: Event) => void, options?: object): void;
}

export interface Page extends Listenable {
  readonly location: Pick<Location, 'href' | 'origin' | 'reload'>;
  readonly document: Listenable & { readonly visibilityState: string; readonly baseURI: string };
  readonly navigator: { readonly locks?: Pick<LockManager, 'request'> };
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly BroadcastChannel: new (
    name: string,
  ) => Pick<BroadcastChannel, 'postMessage' | 'close' | 'onmessage'>;
}

export const isHidden = (page: Page): boolean => page.document.visibilityState === 'hidden';

/** Resolves after so many milliseconds. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
