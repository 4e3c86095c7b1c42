// What was typed and not sent: kept for whoever typed it, shown to nobody else.

/** Under the user's id, so that another user of the same browser does not get to see it. */
const keyOf = (application: string, userId: string): string => `draft:${application}:${userId}`;

export class Drafts {
  constructor(private readonly application: string) {}

  load(userId: string): string {
    return localStorage.getItem(keyOf(this.application, userId)) ?? '';
  }

  save(userId: string, text: string): void {
    const key = keyOf(this.application, userId);
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  }
}
