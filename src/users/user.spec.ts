import { describe, expect, it } from '@jest/globals';
import { emailKey } from './user.js';

describe('how addresses compare', () => {
  it.each([
    ['case', 'Mia@Example.COM', 'mia@example.com'],
    ['spaces round it', '  mia@example.com ', 'mia@example.com'],
    ['composed and decomposed letters', 'e\u0301@example.com', '\u00e9@example.com'],
    ['case beyond ASCII', 'ÄRGER@example.com', 'ärger@example.com'],
    ['the Kelvin sign, which is K in NFC', '\u212Aim@example.com', 'kim@example.com'],
  ])('%s makes no difference', (_name, one, other) => {
    expect(emailKey(one)).toBe(emailKey(other));
  });

  it.each([
    ['a dotted capital I', '\u0130da@example.com', 'ida@example.com'],
    ['full-width letters', '\uFF4Dia@example.com', 'mia@example.com'],
    ['plus addresses', 'mia+shop@example.com', 'mia@example.com'],
  ])('%s stay apart: they are other mailboxes', (_name, one, other) => {
    expect(emailKey(one)).not.toBe(emailKey(other));
  });
});
