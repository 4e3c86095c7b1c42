const names = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Names that reach an object's prototype when one object is copied onto another, and which
 * ValidationPipe lets through (`constructor`). No field of ours has one.
 */
export function isPrototypeName(name: string): boolean {
  return names.has(name);
}
