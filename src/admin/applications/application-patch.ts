import type { Application, SessionPolicy } from '../../applications/application.js';
import type { ApplicationChange } from '../../applications/applications.store.js';
import type { AuditEntry } from '../../audit/audit-entry.js';
import { changedFields } from '../changed-fields.js';

type Changeable = Omit<Application, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

/** What can be changed of an application; its id cannot. */
export type ApplicationPatch = Partial<Omit<Changeable, 'policy'> & SessionPolicy>;

/**
 * What of a patch is new. What is not must not be written: setting `enabled: false` once more without
 * a revoke, while somebody else enables, would leave sessions of a disabled application alive.
 */
export function changeOf(
  { policy, ...application }: Application,
  patch: ApplicationPatch,
): Partial<Changeable> {
  const wanted: Changeable = {
    name: patch.name ?? application.name,
    audience: patch.audience ?? application.audience,
    allowedOrigins: patch.allowedOrigins ?? application.allowedOrigins,
    resourceServer: patch.resourceServer ?? application.resourceServer,
    enabled: patch.enabled ?? application.enabled,
    policy: {
      accessTokenTtl: patch.accessTokenTtl ?? policy.accessTokenTtl,
      refreshAfter: patch.refreshAfter ?? policy.refreshAfter,
      sessionTtl: patch.sessionTtl ?? policy.sessionTtl,
      warnBefore: patch.warnBefore ?? policy.warnBefore,
    },
  };
  const current: Changeable = { ...application, policy };
  const fields = Object.keys(wanted) as (keyof Changeable)[];
  const changed = fields.filter(
    (field) => JSON.stringify(wanted[field]) !== JSON.stringify(current[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, wanted[field]]));
}

/** What is written: a policy only in place of the one that it was made from. */
export const writeOf = (
  { policy: from }: Application,
  { policy: to, ...others }: Partial<Changeable>,
): ApplicationChange => ({ ...others, ...(to && { policy: { from, to } }) });

/** Why a change must end the application's sessions: their tokens speak of what it was. Null: it need not. */
export function endingReasonOf(change: Partial<Changeable>): string | null {
  if (change.enabled === false) return 'application_disabled';
  return change.audience === undefined ? null : 'audience_changed';
}

type FlatApplication = Omit<Application, 'policy'> & SessionPolicy;

const recorded = [
  'name',
  'audience',
  'allowedOrigins',
  'accessTokenTtl',
  'refreshAfter',
  'sessionTtl',
  'warnBefore',
  'resourceServer',
  'enabled',
] as const;

/** As JSON and the audit log have it: the policy's fields beside the others. */
export function flat({ policy, ...application }: Application): FlatApplication {
  return { ...application, ...policy };
}

/** By field, for the audit log; null stands for an application that was not or is no more. */
export function changedApplication(
  before: Application | null,
  after: Application | null,
): AuditEntry['changes'] {
  return changedFields<FlatApplication>(
    before ? flat(before) : {},
    after ? flat(after) : {},
    recorded,
  );
}
