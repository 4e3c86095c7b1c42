/** Reads single variables and collects their faults. An empty variable counts as not set. */
export class EnvironmentReader {
  readonly faults: string[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  fault(name: string, message: string): void {
    this.faults.push(`${name}: ${message}`);
  }

  optional(name: string): string | null {
    const value = this.env[name];
    return value === undefined || value === '' ? null : value;
  }

  text(name: string, fallback: string): string {
    return this.optional(name) ?? fallback;
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const value = this.optional(name);
    if (value === null) return fallback;
    if (!/^\d{1,15}$/.test(value) || Number(value) < min || Number(value) > max) {
      this.fault(
        name,
        `must be a whole number from ${String(min)} to ${String(max)}, not "${value}"`,
      );
      return fallback;
    }
    return Number(value);
  }

  onOff(name: string, fallback: boolean): boolean {
    return this.oneOf(name, fallback ? 'on' : 'off', ['on', 'off'] as const) === 'on';
  }

  oneOf<T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
    const value = this.optional(name) ?? fallback;
    const found = allowed.find((one) => one === value);
    if (found === undefined)
      this.fault(name, `must be one of ${allowed.join(', ')}, not "${value}"`);
    return found ?? fallback;
  }

  matching(name: string, fallback: string, pattern: RegExp, what: string): string {
    const value = this.text(name, fallback);
    if (!pattern.test(value) || value.length > 254)
      this.fault(name, `must be ${what}, not "${value}"`);
    return value;
  }

  /** URLs may hold passwords, so the fault does not repeat the value. */
  url(name: string, protocols: readonly string[]): string | null {
    const value = this.optional(name);
    if (value === null) return null;
    const scheme = /^([a-z][a-z0-9+.-]*:)\/\/[^/\s]/i.exec(value)?.[1]?.toLowerCase();
    // A MongoDB URI may list several hosts, which no URL parser takes; the driver checks the rest.
    if (scheme === undefined || !protocols.includes(scheme)) {
      this.fault(
        name,
        `must be a URL beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`,
      );
    }
    return value;
  }

  secret(name: string, minLength: number): string | null {
    const value = this.optional(name);
    if (value !== null && value.length < minLength) {
      this.fault(
        name,
        `must have at least ${String(minLength)} characters; make one with "openssl rand -base64 32"`,
      );
    }
    return value;
  }
}
