import { reach } from '@/lib/faults';
import type { Gateway } from './port';

/** The gateway with a named step before and after each of its calls. */
export function withSteps(gateway: Gateway): Gateway {
  const around =
    <Request, Answer>(call: string, work: (request: Request) => Promise<Answer>) =>
    async (request: Request): Promise<Answer> => {
      reach('before-call', () => call);
      const answer = await work(request);
      reach('after-call', () => call);
      return answer;
    };
  return {
    ...gateway,
    create: around('create', gateway.create),
    query: around('query', gateway.query),
    close: around('close', gateway.close),
    refund: around('refund', gateway.refund),
    queryRefund: around('query-refund', gateway.queryRefund),
  };
}
