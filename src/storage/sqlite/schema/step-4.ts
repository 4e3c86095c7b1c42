/** The versions that a session was opened with; 0 for those from before, which any revoke is above. */
export const openingVersions = `
  ALTER TABLE sessions ADD COLUMN user_version INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN application_version INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN issuer_version INTEGER NOT NULL DEFAULT 0;
`;
