/**
 * A mail for a frame of a page of ours. The page's content policy is in force there too: it refuses `style` attributes, which
 * mail programs ask for, but takes the same styles from a sheet with the page's nonce. Links lead out of the frame.
 */
export function framedMail(html: string, nonce: string): string {
  const rules: string[] = [];
  const classed = html.replace(/ style="([^"]*)"/g, (_, style: string) => {
    rules.push(`.s${rules.length}{${style}}`);
    return ` class="s${rules.length - 1}"`;
  });
  return classed.replace(
    '<head>',
    `<head><base target="_blank"><style nonce="${nonce}">${rules.join('')}</style>`,
  );
}
