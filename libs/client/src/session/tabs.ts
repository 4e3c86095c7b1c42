// What the tabs of one application say to each other, over a BroadcastChannel of their own.
import { pause } from '../page.js';
import { isNewer, type Rank } from '../token/claims.js';
import { isBusy, longestBusyMs, post, problem, type Context, type Message } from './context.js';
import { end, offer, recall, tell } from './hold.js';

/** Tabs answer within a few milliseconds; one that is stopped does not answer at all. */
const answerMs = 60;
/** A busy machine's take longer, and who asks with patience can wait. */
const patientAnswerMs = 200;

export interface Tabs {
  open(): void;
  /** Asks the store and other tabs for the session, or a newer token. @returns whether a tab had one; 60 ms at most. */
  greet(): Promise<boolean>;
  /**
   * @param isPatient also waits for requests under way, here or in another tab: a change of password
   *   ends every token but the one that its own answer brings.
   */
  findNewer(sid: string, rank: Rank, isPatient: boolean): Promise<void>;
}

export function createTabs(context: Context): Tabs {
  let heard: ((isFound: boolean) => void) | undefined;
  let othersBusyUntil = 0;

  const answers: { [T in Message['t']]?: (message: Extract<Message, { t: T }>) => void } = {
    hello: ({ sid, rank }) => {
      const claims = context.held?.claims;
      if (claims && !(sid === claims.sid && rank && isNewer(rank, claims))) tell(context);
      if (isBusy(context)) post(context, { t: 'busy' });
    },
    token: ({ held }) => {
      if (offer(context, held, 'other-tab') || context.state === 'starting') heard?.(true);
    },
    busy: () => void (othersBusyUntil = context.clock.now() + longestBusyMs),
    // A third tab may be busy all the same: it is asked once more.
    idle: () =>
      void (othersBusyUntil = Math.min(othersBusyUntil, context.clock.now() + patientAnswerMs)),
    end: ({ sid, reason, refused }) => {
      const claims = context.held?.claims;
      if (claims?.sid !== sid) context.over.add(sid);
      // What was refused is not what counts here.
      else if (refused && isNewer(claims, refused)) void context.ask();
      else end(context, reason, 'other-tab');
    },
  };

  const greetFor = (ms: number): Promise<boolean> => {
    recall(context);
    const claims = context.held?.claims;
    post(context, { t: 'hello', sid: claims?.sid, rank: claims });
    const answer = new Promise<boolean>((resolve) => (heard = resolve));
    return Promise.race([answer, pause(ms)]);
  };

  return {
    greet: () => greetFor(answerMs),
    open: () => {
      const { page, name } = context;
      try {
        context.channel = new page.BroadcastChannel(name);
        context.channel.onmessage = ({ data }: MessageEvent<Message>) => {
          (answers[data.t] as ((message: Message) => void) | undefined)?.(data);
          context.push?.hear(data);
        };
      } catch {
        // A browser that has none, or a sandboxed frame.
        problem(context, 'channel-missing');
      }
    },
    findNewer: async (sid, rank, isPatient) => {
      const ms = isPatient ? patientAnswerMs : answerMs;
      for (let waited = 0; waited < longestBusyMs; waited += ms) {
        await greetFor(ms);
        const claims = context.held?.claims;
        if (claims?.sid !== sid || isNewer(claims, rank)) return;
        if (!isPatient || !(context.clock.now() < othersBusyUntil || isBusy(context))) return;
      }
    },
  };
}
