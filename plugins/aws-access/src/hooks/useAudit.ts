import { useApi } from '@backstage/frontend-plugin-api';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { AuditEventsQuery } from 'backstage-plugin-aws-access-common';
import { awsAccessApiRef } from '../api';
import { downloadText } from '../model/downloadText';

/** What the audit log is narrowed to. */
export type AuditFilter = Omit<AuditEventsQuery, 'cursor' | 'limit'>;

/** The audit log, page after page, the newest first. */
export function useAuditEvents(filter: AuditFilter) {
  const api = useApi(awsAccessApiRef);
  return useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      api.listAuditEvents({ ...filter, limit: 50, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.nextCursor ?? undefined,
    placeholderData: before => before,
  });
}

/** Walks the chain, when asked to. */
export function useAuditVerification() {
  const api = useApi(awsAccessApiRef);
  return useMutation({
    mutationFn: (asked: {
      organizationId?: string;
      /** Row and hash that were written down outside: a cut tail shows. */
      knownHead?: { sequence: number; hash: string };
    }) => api.verifyAudit(asked.organizationId, asked.knownHead),
  });
}

/** Saves everything that passes the filter as a file. */
export function useAuditExport(filter: AuditFilter) {
  const api = useApi(awsAccessApiRef);
  return useMutation({
    mutationFn: async (format: 'csv' | 'json') => {
      const text = await api.exportAudit(format, filter);
      const type = format === 'csv' ? 'text/csv' : 'application/json';
      downloadText(`aws-access-audit.${format}`, type, text);
    },
  });
}
