/** A cursor is refused before anything is sent, when it names no moment there can be. */
import { expect, it } from '@jest/globals';
import { createConnection } from 'mongoose';
import { encodeCursor, InvalidCursorError } from '../page.js';
import { defineModel } from './define-model.js';
import { findPage } from './keyset.js';

interface Row {
  _id: string;
  createdAt: Date;
}

const fields = { _id: String, createdAt: Date };
const rows = defineModel<Row>(createConnection(), fields, { name: 'rows' });
const newestFirst = { field: 'createdAt', type: 'date', descending: true } as const;

it.each([8.64e15 + 1, -9e15, 1e300])('of the time %d', async (value) => {
  const cursor = encodeCursor('rows by createdAt DESC', { value, id: 'a' });
  const page = findPage(rows, {}, newestFirst, { limit: 1, cursor });
  await expect(page).rejects.toThrow(InvalidCursorError);
});
