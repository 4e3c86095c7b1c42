import type { FastifyInstance } from 'fastify';

const sweepMs = 50;
/** Answers that take longer than this are cut off: an orchestrator would kill the process soon after. */
const graceMs = 10_000;

/**
 * Lets what is under way be answered when the server closes, and no connection keep it open: Node ends
 * the idle ones once, and one that was answering at that moment would then be kept alive for a minute.
 */
export function drainConnections(instance: FastifyInstance): void {
  instance.addHook('preClose', (done) => {
    const sweep = setInterval(() => {
      instance.server.closeIdleConnections();
    }, sweepMs);
    const cut = setTimeout(() => {
      instance.server.closeAllConnections();
    }, graceMs);
    instance.server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(cut);
    });
    done();
  });
}
