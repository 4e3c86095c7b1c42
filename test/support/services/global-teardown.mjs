// @ts-check
/** Jest's globalTeardown. */
export { stopServices as default } from './global-setup.mjs';
