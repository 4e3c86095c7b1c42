// A switch for the show: this page's requests fail as if the network were gone.

export const network = { isDown: false };

/** Looked up by the client at each call. */
export const switchedFetch: typeof fetch = (input, init) =>
  network.isDown ? Promise.reject(new TypeError('offline')) : fetch(input, init);

/** The page hears of it as of the real one. */
export function switchNetwork(): void {
  network.isDown = !network.isDown;
  window.dispatchEvent(new Event(network.isDown ? 'offline' : 'online'));
}

export function onSwitch(listener: () => void): void {
  for (const type of ['online', 'offline']) window.addEventListener(type, listener);
}
