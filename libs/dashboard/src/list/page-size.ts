// How many rows a page has: of the address, else what was chosen last in this browser.

export const pageSizes = [25, 50, 100, 200] as const;

const key = 'portcullis-page-size';
const usual = 50;

export const isPageSize = (size: number): boolean => pageSizes.some((one) => one === size);

export function readPageSize(fromAddress: string | null): number {
  const size = Number(fromAddress);
  if (isPageSize(size)) return size;
  const remembered = Number(readStored());
  return isPageSize(remembered) ? remembered : usual;
}

export function rememberPageSize(size: number): void {
  try {
    localStorage.setItem(key, String(size));
  } catch {
    // Without storage it is only not remembered.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
