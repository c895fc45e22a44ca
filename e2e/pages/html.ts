import type { Visit } from './visit';
import type { World } from './world';

/** A visit's page as the server sends it; no browser draws it. */
export async function htmlOf({ as, path }: Visit, { url, world }: { url: string; world: World }) {
  const cookies = as === 'visitor' ? [] : world.sessions[as];
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const response = await fetch(`${url}${path(world)}`, { headers: { accept: 'text/html', cookie } });
  return response.text();
}
