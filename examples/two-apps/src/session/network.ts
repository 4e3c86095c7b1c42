// A switch for the show: this page's requests fail as if the network were gone.

export const network = { isDown: false };

/** Looked up by the client at each call. */
export const switchedFetch: typeof fetch = (input, init) =>
  network.isDown ? Promise.reject(new TypeError('offline')) : fetch(input, init);
