// What is asked of the server about sessions.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../generated/openapi.js';
import { api, read } from '../../api/api.js';
import { asking } from '../../api/query-client.js';

export type SessionQuery = NonNullable<paths['/admin/sessions']['get']['parameters']['query']>;

export const sessionsQuery = (query: SessionQuery) =>
  queryOptions({
    queryKey: ['sessions', query],
    queryFn: (context) =>
      read(api.GET('/admin/sessions', { params: { query }, ...asking(context) })),
    placeholderData: keepPreviousData,
  });
