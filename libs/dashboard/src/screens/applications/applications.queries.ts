// What is asked of the server about applications.
import { queryOptions } from '@tanstack/react-query';
import type { components } from '../../../generated/openapi.js';
import { api, read } from '../../api/api.js';
import { asking } from '../../api/query-client.js';

export type ListedApplication = components['schemas']['ListedApplicationResponse'];
export type ApplicationSettings = components['schemas']['CreateApplicationDto'];

export const applicationsQuery = () =>
  queryOptions({
    queryKey: ['applications'],
    queryFn: (context) => read(api.GET('/admin/applications', asking(context))),
  });
