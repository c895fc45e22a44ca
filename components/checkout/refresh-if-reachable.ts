/**
 * Refreshes the page if the server can be reached; returns whether it could. It asks first, because Next navigates to the
 * page's address when a refresh fails: without network the browser's own error page would then replace ours.
 */
export async function refreshIfReachable(router: { refresh(): void }): Promise<boolean> {
  const reached = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (reached) router.refresh();
  return reached;
}
