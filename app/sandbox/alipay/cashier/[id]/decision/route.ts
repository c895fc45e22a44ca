import { decideAtCashier } from '@/lib/gateways/sandbox';
import { withSandbox } from '../../../sandbox-context';

export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const { id } = await params;
  return withSandbox((context) => decideAtCashier(context, id, request));
}
