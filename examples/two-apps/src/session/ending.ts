// What is remembered of a session that is over, for the page that is shown afterwards.
import { returnPath } from '@portcullis/client/timeout-dialog';

export interface Ending {
  /** Why, in words. */
  readonly message: string;
  readonly hasDraft: boolean;
}

/** The address keeps where to go back to: a path, which `returnPath` makes sure of. */
export function leavePage(): void {
  const { pathname, search } = location;
  const returnTo = returnPath(pathname + search, location.origin);
  if (returnTo !== '/') history.replaceState(null, '', `/?${query({ returnTo })}`);
}

const query = (values: Record<string, string>): string => new URLSearchParams(values).toString();

/** Back to the page for the same user; to the start page for another, whose page it is not. */
export function comeBack(userId: string): void {
  const wanted = new URLSearchParams(location.search).get('returnTo');
  const owner = pageOwner();
  if (owner !== null && owner !== userId) history.replaceState(null, '', '/');
  else if (wanted !== null) history.replaceState(null, '', returnPath(wanted, location.origin));
  sessionStorage.setItem(ownerKey, userId);
}

/**
 * Whose page this tab has: an id, and nothing else of the user. Kept beside the page, not in it: the
 * signed-out page may be loaded anew, and an end may be found only when a page is.
 */
export const pageOwner = (): string | null => sessionStorage.getItem(ownerKey);

const ownerKey = 'page-owner';
