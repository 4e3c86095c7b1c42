// The page of both applications: asks which of the two it is, and starts that one.
import '@portcullis/client/timeout-dialog';
import { App } from './app.js';
import { loadConfig } from './config.js';

const place = document.querySelector<HTMLElement>('#app');
const dialog = document.querySelector('session-timeout-dialog');
if (!place || !dialog) throw new Error('index.html has changed');
await new App(await loadConfig()).start(place, dialog);
