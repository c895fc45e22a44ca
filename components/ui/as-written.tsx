/** What somebody wrote: a name, a reason. Chinese is marked as such, so that it is read aloud as Chinese on every page. */
export function AsWritten({ children }: { children: string }) {
  return <span {...(/\p{Script=Han}/u.test(children) ? { lang: 'zh-CN' } : {})}>{children}</span>;
}
