/**
 * Waits for what another process or the network does in its own time: until `isSo` answers anything but
 * false, or its expectations hold.
 * @throws the last expectation that did not.
 */
export async function eventually(isSo: () => unknown, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let failure: unknown = new Error(`not so within ${timeoutMs} ms: ${String(isSo)}`);
    try {
      if ((await isSo()) !== false) return;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > deadline) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
