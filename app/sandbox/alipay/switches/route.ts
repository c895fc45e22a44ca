import { answerSwitchesRequest } from '@/lib/gateways/sandbox';
import { withSandbox } from '../sandbox-context';

export async function GET(request: Request): Promise<Response> {
  return withSandbox((context) => answerSwitchesRequest(context, request));
}

export async function PUT(request: Request): Promise<Response> {
  return withSandbox((context) => answerSwitchesRequest(context, request));
}
