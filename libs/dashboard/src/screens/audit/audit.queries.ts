// What is asked of the server about the audit log.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../generated/openapi.js';
import { api, read } from '../../api/api.js';
import { asking } from '../../api/query-client.js';

export type AuditQuery = NonNullable<paths['/admin/audit']['get']['parameters']['query']>;

export const auditQuery = (query: AuditQuery) =>
  queryOptions({
    queryKey: ['audit', query],
    queryFn: (context) => read(api.GET('/admin/audit', { params: { query }, ...asking(context) })),
    placeholderData: keepPreviousData,
  });
