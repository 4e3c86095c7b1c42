/** One variant in one process: `variants/main.js passport-es256-pem+redis`. */
import { tell, describe } from '../process/messages.js';
import { starters } from './starters.js';

const name = process.argv[2] ?? '';
try {
  const start = starters.get(name);
  if (start === undefined) throw new Error(`there is no variant ${name}`);
  tell('ready', await start());
} catch (error) {
  tell('failed', describe(error));
}
