// How the server does, in one answer.
import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../api/api.js';
import { asking } from '../../api/query-client.js';

export const overviewQuery = () =>
  queryOptions({
    queryKey: ['overview'],
    queryFn: (context) => read(api.GET('/admin/overview', asking(context))),
  });
