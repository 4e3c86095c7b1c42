/** Until when a commit may happen, by the database's clock, which is bound as `notAfter`. */
export const inTime = `unixepoch('subsec') * 1000 < ?`;
