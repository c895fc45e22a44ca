import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const slot = globalThis as { kabaoPeerHeader?: string };

/**
 * Notes the socket's address on every request that this process receives. Next hands on headers only, and its own
 * `X-Forwarded-For` is whatever the client wrote. The note is a header with a random name, so nobody can send it.
 * Safe to call again.
 */
export function notePeerAddresses(): void {
  if (slot.kabaoPeerHeader) return;
  const header = `x-kabao-peer-${randomBytes(8).toString('hex')}`;
  slot.kabaoPeerHeader = header;
  subscribe('http.server.request.start', (message) => {
    const request = requestOf(message);
    const address = request?.socket.remoteAddress;
    if (request && address) request.headers[header] = address;
  });
}

/** The socket's address of the request with these headers; `null` when this process does not note them. */
export function peerAddressOf(headers: { get(name: string): string | null }): string | null {
  return slot.kabaoPeerHeader ? headers.get(slot.kabaoPeerHeader) : null;
}

function requestOf(message: unknown): IncomingMessage | null {
  return message instanceof Object && 'request' in message && isIncoming(message.request)
    ? message.request
    : null;
}

function isIncoming(value: unknown): value is IncomingMessage {
  return value instanceof Object && 'socket' in value && 'headers' in value;
}
