// Why somebody is at the sign-in form again, in plain words.
import type { EndReason } from '@portcullis/client';

const words: Readonly<Record<EndReason, string>> = {
  'signed-out': 'You are signed out.',
  idle: 'You were signed out because you did not use the page for a while.',
  absolute: 'You have been signed in for as long as is allowed. Please sign in again.',
  revoked: 'You were signed out from another place or by an administrator.',
  suspended: 'This account cannot be used at the moment.',
  invalid: 'Please sign in again.',
};

export const whyEnded = (reason: EndReason): string => words[reason];
