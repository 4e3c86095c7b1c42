// What is typed in about an application. An empty field is left to the server's own default.
import { formText } from '../../parts/form-text.js';
import type { ApplicationSettings, ListedApplication } from './applications.queries.js';

export const limits = [
  ['accessTokenTtl', 'Idle timeout', 'Seconds without activity'],
  ['sessionTtl', 'Absolute end', 'Seconds after sign-in'],
  ['refreshAfter', 'New token after', 'Seconds'],
  ['warnBefore', 'Warning before an end', 'Seconds'],
] as const;

export function toSettings(form: FormData): ApplicationSettings {
  const audience = formText(form, 'audience').trim();
  const seconds = limits.flatMap(([name]) => {
    const text = formText(form, name).trim();
    // What is no number is left for the server to refuse, in its own words.
    return text === '' ? [] : [[name, Number(text)] as const];
  });
  return {
    id: formText(form, 'id').trim(),
    name: formText(form, 'name').trim(),
    ...(audience !== '' && { audience }),
    allowedOrigins: formText(form, 'allowedOrigins').split(/\s+/).filter(Boolean),
    resourceServer: form.get('resourceServer') !== null,
    ...Object.fromEntries(seconds),
  };
}

/** Only what was changed here: the rest may have been changed by somebody else since this was opened. */
export function changesIn(
  settings: ApplicationSettings,
  opened: ListedApplication,
): Partial<Omit<ApplicationSettings, 'id'>> {
  const changed = Object.entries(settings).filter(
    ([name, value]) =>
      name !== 'id' &&
      JSON.stringify(value) !== JSON.stringify(opened[name as keyof ListedApplication]),
  );
  return Object.fromEntries(changed);
}
