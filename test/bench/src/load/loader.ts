/** The process that asks. It says what it measured, and knows nothing of whom it asks. */
import { answer, tell } from '../process/messages.js';
import { closedLoop } from './closed-loop.js';

process.on('disconnect', () => process.exit(0));
answer('load', closedLoop);
tell('ready');
