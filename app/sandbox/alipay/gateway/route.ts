import { answerGatewayRequest } from '@/lib/gateways/sandbox';
import { withSandbox } from '../sandbox-context';

export async function GET(request: Request): Promise<Response> {
  return withSandbox((context) => answerGatewayRequest(context, request));
}

export async function POST(request: Request): Promise<Response> {
  return withSandbox((context) => answerGatewayRequest(context, request));
}
