// What is asked of the server about users.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { components, paths } from '../../../generated/openapi.js';
import { api, read } from '../../api/api.js';
import { asking } from '../../api/query-client.js';

export type UserQuery = NonNullable<paths['/admin/users']['get']['parameters']['query']>;
export type ListedUser = components['schemas']['ListedUserResponse'];

export const usersQuery = (query: UserQuery) =>
  queryOptions({
    queryKey: ['users', query],
    queryFn: (context) => read(api.GET('/admin/users', { params: { query }, ...asking(context) })),
    placeholderData: keepPreviousData,
  });

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['user', id],
    queryFn: (context) =>
      read(api.GET('/admin/users/{id}', { params: { path: { id } }, ...asking(context) })),
  });
