// @ts-check
/** What seeded rows are made of. */

export const firstNames = [
  'Ada',
  'Aiko',
  'Amara',
  'Anouk',
  'Bashir',
  'Björn',
  'Carla',
  'Chidi',
  'Dmitri',
  'Elif',
  'Emil',
  'Fatima',
  'Grace',
  'Hugo',
  'Inés',
  'Jamal',
  'Jun',
  'Kofi',
  'Lena',
  'Mateo',
  'Mia',
  'Noor',
  'Olga',
  'Paul',
  'Priya',
  'Quinn',
  'Rosa',
  'Sven',
  'Tara',
  'Uma',
  'Viktor',
  'Wanda',
  'Ximena',
  'Yusuf',
  'Zoë',
];

export const lastNames = [
  'Abe',
  'Adeyemi',
  'Bauer',
  'Castillo',
  'Dubois',
  'Eriksen',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ivanov',
  'Jansen',
  'Kim',
  'Kowalski',
  'Lovelace',
  'Moreau',
  'Nguyen',
  'Okafor',
  'Oyelaran',
  'Papadaki',
  'Quist',
  'Rossi',
  'Schmidt',
  'Silva',
  'Smith',
  'Tanaka',
  'Umarov',
  'Varga',
  'Wang',
  'Young',
  'Zimmermann',
];

/** The first is the one that every server has. */
export const applicationIds = ['default', 'seeded-shop', 'seeded-mail'];

export const endings = ['logout', 'logout_all', 'revoked_by_admin', 'password_changed'];

export const failures = ['invalid_credentials', 'invalid_credentials', 'account_suspended'];

export const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
];
