// What a view knows of the application round it.
import type { SessionClient } from '@portcullis/client';
import type { Config } from './config.js';
import type { Drafts } from './session/drafts.js';

export interface Surroundings {
  readonly config: Config;
  readonly client: SessionClient;
  readonly drafts: Drafts;
}
