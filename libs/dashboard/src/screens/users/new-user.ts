// What is typed in to make an account, and which field the server found fault with.
import { ProblemError } from '../../api/problem-error.js';
import { formText } from '../../parts/form-text.js';
import { toRoles } from './roles.js';

export interface NewUser {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  readonly roles: string[];
}

export const toNewUser = (form: FormData): NewUser => ({
  email: formText(form, 'email').trim(),
  password: formText(form, 'password'),
  displayName: formText(form, 'displayName').trim(),
  roles: toRoles(formText(form, 'roles')),
});

export type Faults = Readonly<Partial<Record<keyof NewUser | 'form', string>>>;

const fields: readonly (keyof NewUser)[] = ['email', 'password', 'displayName', 'roles'];

export function faultsOf(error: unknown, words: string): Faults {
  if (!(error instanceof ProblemError)) return { form: words };
  if (error.code === 'email_taken') return { email: error.message };
  const found: Partial<Record<keyof NewUser, string>> = {};
  for (const { field, message } of error.fields) {
    const name = fields.find((one) => field === one || field.startsWith(`${one}.`));
    if (name !== undefined) found[name] = message;
  }
  return Object.keys(found).length > 0 ? found : { form: words };
}
