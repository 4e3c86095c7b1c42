/** What tests written in TypeScript use of tcp-proxy.mjs. */

export class TcpProxy {
  static start(targetPort: number): Promise<TcpProxy>;
  delayMs: number;
  readonly port: number;
  readonly targetPort: number;
  readonly connections: number;
  hold(): void;
  holdAnswers(): void;
  cut(): void;
  passNewOnes(): void;
  release(): void;
  leadTo(targetPort: number): void;
  stop(): Promise<void>;
}
