// The dialog's texts in other languages, as an application gives them. Times come from `Intl`, but in
// Welsh, which Chromium has no words for.
import type { EndReason } from '@portcullis/client';
import type { TimeoutLabels } from '@portcullis/client/timeout-dialog';

export interface Translation {
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly labels: Partial<TimeoutLabels>;
}

const welshTime = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const parts = [
    minutes > 0 ? `${String(minutes)} munud` : '',
    rest > 0 ? `${String(rest)} eiliad` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
};

const german = (reason: EndReason, time: string): string =>
  ({
    'signed-out': 'Sie haben sich abgemeldet.',
    idle: `Sie wurden abgemeldet, weil Sie die Seite ${time} lang nicht benutzt haben.`,
    absolute: `Sie waren ${time} lang angemeldet. Bitte melden Sie sich wieder an.`,
    revoked: 'Sie wurden an anderer Stelle oder durch die Verwaltung abgemeldet.',
    suspended: 'Dieses Konto kann zurzeit nicht benutzt werden.',
    invalid: 'Bitte melden Sie sich wieder an.',
  })[reason];

export const translations: Readonly<Record<string, Translation>> = {
  en: { name: 'English', direction: 'ltr', labels: {} },
  de: {
    name: 'Deutsch',
    direction: 'ltr',
    labels: {
      title: 'Sie werden gleich abgemeldet',
      message: (time) => `Zu Ihrer Sicherheit melden wir Sie ab in: ${time}.`,
      messageFinal: 'Zu Ihrer Sicherheit melden wir Sie in weniger als 20 Sekunden ab.',
      absoluteMessage: (time) =>
        `Zu Ihrer Sicherheit melden wir Sie ab in: ${time}. Speichern Sie vorher Ihre Arbeit. Danach können Sie sich mit E-Mail-Adresse und Passwort wieder anmelden.`,
      stay: 'Angemeldet bleiben',
      signOut: 'Abmelden',
      goBack: 'Zurück und speichern',
      working: 'Sie bleiben angemeldet …',
      stayed: 'Sie sind weiterhin angemeldet.',
      failed: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
      offline: 'Sie sind offline. Stellen Sie die Verbindung her, um angemeldet zu bleiben.',
      unreachable:
        'Sie sind offline, oder der Dienst ist nicht erreichbar. Wir versuchen es weiter.',
      tabTitle: (time, title) => `Abmeldung in ${time} – ${title}`,
      endedTitle: 'Sie sind abgemeldet',
      ended: german,
      signIn: 'Wieder anmelden',
    },
  },
  cy: {
    name: 'Cymraeg',
    direction: 'ltr',
    labels: {
      time: welshTime,
      title: 'Rydych ar fin cael eich allgofnodi',
      message: (time) => `Er eich diogelwch, byddwn yn eich allgofnodi mewn ${time}.`,
      messageFinal: 'Er eich diogelwch, byddwn yn eich allgofnodi mewn llai nag 20 eiliad.',
      stay: 'Parhau i fod wedi’ch mewngofnodi',
      signOut: 'Allgofnodi',
    },
  },
  ar: {
    name: 'العربية',
    direction: 'rtl',
    labels: {
      title: 'أنت على وشك تسجيل الخروج',
      message: (time) => `حفاظًا على أمانك، سنسجل خروجك خلال ${time}.`,
      messageFinal: 'حفاظًا على أمانك، سنسجل خروجك خلال أقل من 20 ثانية.',
      stay: 'البقاء مسجلاً',
      signOut: 'تسجيل الخروج',
      endedTitle: 'تم تسجيل خروجك',
      signIn: 'تسجيل الدخول مرة أخرى',
    },
  },
  ja: {
    name: '日本語',
    direction: 'ltr',
    labels: {
      title: 'まもなくサインアウトします',
      message: (time) => `セキュリティのため、あと ${time} でサインアウトします。`,
      messageFinal: 'セキュリティのため、20 秒以内にサインアウトします。',
      stay: 'サインインを続ける',
      signOut: 'サインアウト',
      endedTitle: 'サインアウトしました',
      signIn: 'もう一度サインイン',
    },
  },
};
