// Where the pages of a list begin that were leafed through: a cursor only knows the way forward. Kept
// for this tab, so that "Previous" is there after a reload too.

const key = (list: string, page: number): string => `portcullis-page:${list}:${String(page)}`;

export function rememberTrail(list: string, page: number, cursor: string): void {
  try {
    sessionStorage.setItem(key(list, page), cursor);
  } catch {
    // Then "First page" is the way back.
  }
}

export function findTrail(list: string, page: number): string | undefined {
  try {
    return sessionStorage.getItem(key(list, page)) ?? undefined;
  } catch {
    return undefined;
  }
}
