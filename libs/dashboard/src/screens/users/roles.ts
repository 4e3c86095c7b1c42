// Roles as they are typed: names between commas.

export const toRoles = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\s,]+/)
      .map((role) => role.trim().toLowerCase())
      .filter((role) => role !== ''),
  ),
];
