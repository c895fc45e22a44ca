/** What somebody wrote: a name, a reason. Chinese is marked as such, so that it is read aloud as Chinese on every page. */
export function AsWritten({ children }: { children: string }) {
  return <span {...(/\p{Script=Han}/u.test(children) ? { lang: 'zh-CN' } : {})}>{children}</span>;
}

/**
 * A sentence of the page's own with what somebody wrote in it, or with the title of a law: of a sentence in another
 * language only the Chinese is marked as such.
 */
export function Quoting({ children }: { children: string }) {
  if (!/\p{Script=Latin}/u.test(children)) return children;
  return children
    .split(CHINESE)
    .map((part, index) => (index % 2 === 1 ? <AsWritten key={part}>{part}</AsWritten> : part));
}

/** From one Chinese character to the last before a Latin one, with a bracket that closes behind it. */
const CHINESE = /(\p{Script=Han}(?:\P{Script=Latin}*[\p{Script=Han}）》」”])?)/u;
