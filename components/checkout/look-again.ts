/**
 * Draws the page anew if the server can be reached; returns whether it could. Asked first, because Next goes to the page's address
 * where a refresh of it fails: for a moment without network the browser's own error page would take the place of ours.
 */
export async function lookAgain(router: { refresh(): void }): Promise<boolean> {
  const reached = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (reached) router.refresh();
  return reached;
}
