import { after } from 'next/server';
import { database } from '@/lib/database';
import { env } from '@/lib/env';
import { sandboxConfig } from '@/lib/gateways';
import type { SandboxContext } from '@/lib/gateways/sandbox';

/** The sandbox gateway inside this server; `null` where it is off, and then its addresses do not exist. */
export function sandboxContext(): SandboxContext | null {
  const config = sandboxConfig(env());
  return config && { db: database(), config, now: new Date(), defer: (work) => after(work) };
}

/** Responds with 404 where the sandbox is off. */
export async function withSandbox(answer: (context: SandboxContext) => Promise<Response>): Promise<Response> {
  const context = sandboxContext();
  return context ? answer(context) : new Response('Not Found', { status: 404 });
}
