/** When every promise that waits for nothing from outside has gone as far as it can. No time passes. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
