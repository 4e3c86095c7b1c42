import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../../test/support/fake-clock.js';
import { CircuitBreaker } from './circuit-breaker.js';

describe('the circuit breaker', () => {
  let clock: FakeClock;
  let breaker: CircuitBreaker;
  const fail = (times: number): void => {
    for (let i = 0; i < times; i++) breaker.failed();
  };

  beforeEach(() => {
    clock = new FakeClock();
    breaker = new CircuitBreaker(clock);
  });

  it('opens at the fifth failure in a row, for a second', () => {
    fail(4);
    expect(breaker.isOpen).toBe(false);
    fail(1);
    expect(breaker.isOpen).toBe(true);
    clock.advance(999);
    expect(breaker.isOpen).toBe(true);
    clock.advance(1);
    expect(breaker.isOpen).toBe(false);
  });

  it('opens again at the first failure after the pause', () => {
    fail(5);
    clock.advance(1000);
    fail(1);
    expect(breaker.isOpen).toBe(true);
  });

  it('forgets failures at a success', () => {
    fail(4);
    breaker.succeeded();
    fail(4);
    expect(breaker.isOpen).toBe(false);
    fail(1);
    breaker.succeeded();
    expect(breaker.isOpen).toBe(false);
  });

  it('does not stay open for an hour when the clock is set back by one', () => {
    fail(5);
    clock.advance(-3_600_000);
    expect(breaker.isOpen).toBe(false);
  });
});
