import type { Browser, Fields } from './browser';

/**
 * What a form of a page sends besides what people type: the hidden fields that name its server action. They are the
 * same for everybody until the next build, so each form is read once.
 */
export interface Forms {
  signUp(browser: Browser): Promise<Fields>;
  bind(browser: Browser): Promise<Fields>;
  buyNow(browser: Browser, slug: string): Promise<Fields>;
  refund(browser: Browser, path: string): Promise<Fields>;
  giveUp(browser: Browser, path: string): Promise<Fields>;
  cancelOrder(browser: Browser, path: string): Promise<Fields>;
}

export function openForms(): Forms {
  const known = new Map<string, Fields>();
  const once = async (name: string, read: () => Promise<Fields | null>): Promise<Fields> => {
    const fields = known.get(name) ?? (await read());
    if (!fields) throw new Error(`the page has no form ${name}`);
    known.set(name, fields);
    return fields;
  };
  const withField = (name: string, field: string) => (browser: Browser, path: string) =>
    once(name, async () =>
      actionIn((await browser.get(path)).body, (form) => form.includes(`name="${field}"`)),
    );
  return {
    signUp: (browser) => withField('sign-up', 'password')(browser, '/sign-up'),
    bind: (browser) => withField('bind', 'number')(browser, '/cards/bind'),
    buyNow: (browser, slug) =>
      once('buy-now', async () => buttonAction((await browser.get(`/shop/${slug}`)).body, '立即购买')),
    refund: withField('refund', 'reason'),
    giveUp: withField('give-up', 'orderId'),
    cancelOrder: withField('cancel-order', 'orderId'),
  };
}

/** The address in a page that hands the shopper over to the gateway. */
export function gatewayAddress(body: string): string | null {
  const [, address] = /http-equiv="refresh" content="0;url=([^"]+)"/i.exec(body) ?? [];
  return address ? decodeEntities(address) : null;
}

/** What the page's one heading says. */
export function headingOf(body: string): string {
  const [, heading = ''] = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(body) ?? [];
  return decodeEntities(heading.replace(/<[^>]*>/g, '')).trim();
}

/** What a person reads in the main part of the page. */
export function textOf(body: string): string {
  const [, main = ''] = /<main[^>]*>([\s\S]*?)<\/main>/.exec(body) ?? [];
  const shown = main.replace(/<(script|style|template)[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]*>/g, ' ');
  return decodeEntities(shown).replace(/\s+/g, ' ').trim();
}

/** Names of the fields of a page that begin so. */
export function fieldNames(body: string, start: string): string[] {
  return [...body.matchAll(/name="([^"]+)"/g)].flatMap(([, name]) => (name?.startsWith(start) ? [name] : []));
}

function actionIn(body: string, is: (form: string) => boolean): Fields | null {
  const form = [...body.matchAll(/<form[\s\S]*?<\/form>/g)].map(([text]) => text).find(is);
  if (!form) return null;
  return [...form.matchAll(/<input[^>]*name="(\$ACTION[^"]*)"[^>]*>/g)].map(([input, name = '']) => [
    name,
    decodeEntities(/value="([^"]*)"/.exec(input)?.[1] ?? ''),
  ]);
}

/** A form with two buttons names the action of each at the button. */
function buttonAction(body: string, label: string): Fields | null {
  for (const [, name, text] of body.matchAll(
    /<button[^>]*name="(\$ACTION[^"]*)"[^>]*>([\s\S]*?)<\/button>/g,
  )) {
    if (name && text?.includes(label)) return [[name, '']];
  }
  return null;
}

function decodeEntities(text: string): string {
  return text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
