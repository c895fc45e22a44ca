import type { Browser, Page } from '@playwright/test';
import { type Demo, expect, signIn, signUpSomebody, takeCard, test } from '../demo';
import { ACTS, type Act, type Desk, type Staff } from './acts';
import { type Answer, type Visitor, visitorAt } from './answers';
import { type Captured, capture, replay } from './capture';
import { becomeOwner, traceOf } from './owner';
import { actions } from './surface';

test('every server action of the build is tried', () => {
  expect([...actions().keys()].sort()).toEqual(Object.keys(ACTS).sort());
});

/**
 * Each action is pressed on its own page, and its request held back. Then it is sent as it stands, and with other ids, by
 * everybody who may not; and at last by its sender, to show that it was good.
 */
test('an action changes nothing for anybody but its sender, and refuses what does not come from our pages', async ({
  page,
  demo,
  browser,
}) => {
  test.setTimeout(420_000);
  const walk = await beginWalk({ page, demo, browser });
  for (const [name, act] of Object.entries(ACTS)) {
    await test.step(name, async () => {
      const sent = await capture(walk.desk[act.by], name, () => act.press(walk.desk));
      await refusesOtherOrigins(walk, act, sent);
      // Who signs in or up is whoever sends it.
      const others = act.by !== 'visitor';
      if (others) await refusesAnonymous(walk, act, sent);
      if (others && !act.once) await leavesTheOwnerAlone(walk, act, sent);
      await worksForItsSender(walk, act, sent);
      await act.ended?.(walk.desk);
      if (others && act.once) await leavesTheOwnerAlone(walk, act, sent);
    });
  }
});

interface Walk {
  readonly desk: Desk;
  /** Everything the database knows of the owner, and of the stranger. */
  readonly trace: () => Promise<string>;
  readonly ownerTrace: () => Promise<string>;
  readonly who: Record<'owner' | 'visitor' | 'support' | 'supervisor' | 'stranger', Visitor>;
}

async function beginWalk({
  page,
  demo,
  browser,
}: {
  page: Page;
  demo: Demo;
  browser: Browser;
}): Promise<Walk> {
  const newPage = async () => {
    const made = await browser.newPage({ baseURL: demo.url, locale: 'zh-CN' });
    made.setDefaultTimeout(30_000);
    return made;
  };
  page.setDefaultTimeout(30_000);
  const own = await becomeOwner(page, demo);
  const [stranger, visitor, support, supervisor, second] = await Promise.all([
    newPage(),
    newPage(),
    newPage(),
    newPage(),
    newPage(),
  ]);
  const staff = (role: Staff) => {
    const person = demo.staff.find((each) => each.role === role);
    if (!person) throw new Error(`the demo has a ${role}`);
    return person;
  };
  await Promise.all([
    signUpSomebody(stranger),
    signIn(support, staff('support')),
    signIn(supervisor, staff('supervisor')),
    signIn(second, own.person),
  ]);
  const { id: strangerId } = (await (await stranger.request.get('/api/auth/session')).json()).user;
  const ownerTrace = () => traceOf(demo, own.user);
  return {
    desk: { own, owner: page, visitor, support, supervisor, spare: takeCard(demo, 'fifty') },
    ownerTrace,
    trace: async () => `${await ownerTrace()}\n${await traceOf(demo, strangerId)}`,
    who: {
      owner: await visitorAt(demo.url, page),
      visitor: await visitorAt(demo.url, visitor),
      support: await visitorAt(demo.url, support),
      supervisor: await visitorAt(demo.url, supervisor),
      stranger: await visitorAt(demo.url, stranger),
    },
  };
}

async function refusesOtherOrigins(walk: Walk, act: Act, sent: Captured): Promise<void> {
  const before = await walk.trace();
  const origins = [null, 'null', 'https://evil.example', `${sent.headers.origin}.evil.example`];
  const answers = await Promise.all(
    origins.map((origin) => replay(walk.who[act.by], sent, { headers: { origin } })),
  );
  const forbidden = { status: 403, leadsTo: null, body: ['Forbidden'] };
  expect(answers).toEqual(origins.map(() => forbidden));
  expect(await walk.trace()).toBe(before);
}

async function refusesAnonymous(walk: Walk, act: Act, sent: Captured): Promise<void> {
  const before = await walk.trace();
  const answer = await replay(walk.who.visitor, sent);
  if (isStaff(act)) await answersLikeNoAction({ who: walk.who.visitor, sent, answer });
  else if (!act.worked?.(answer)) expect(answer.leadsTo).toMatch(/^\/sign-in/);
  expect(await walk.trace()).toBe(before);
}

async function leavesTheOwnerAlone(walk: Walk, act: Act, sent: Captured): Promise<void> {
  const { stranger, owner, support } = walk.who;
  const shoppers = isStaff(act)
    ? [stranger, owner, ...(act.by === 'supervisor' ? [support] : [])]
    : [stranger];
  const trace = act.stranger === 'nothing' ? walk.trace : walk.ownerTrace;
  const before = await trace();
  const tries = shoppers.flatMap((who) => [sent.address, '/help'].map((address) => ({ who, address })));
  await Promise.all(
    tries.map(async ({ who, address }) => {
      const answer = await replay(who, sent, { address, names: idsIn(sent) });
      // Who is staff knows the desk; its pages are not there for those whose part they are not.
      if (who === support) expect(answer.status).toBe(404);
      else if (isStaff(act)) await answersLikeNoAction({ who, sent, answer, address });
      else if (act.stranger === 'nothing') {
        const unknown = withUnknownIds(sent);
        const control = await replay(who, unknown, {
          address: address === sent.address ? unknown.address : address,
          names: idsIn(unknown),
        });
        expect(answer).toEqual(control);
      }
    }),
  );
  expect(await trace()).toBe(before);
}

function isStaff({ by }: Act): boolean {
  return by === 'support' || by === 'supervisor';
}

/** Expects, to the last byte, the answer that an action gets which does not exist. */
async function answersLikeNoAction({
  who,
  sent,
  answer,
  address = sent.address,
}: {
  who: Visitor;
  sent: Captured;
  answer: Answer;
  address?: string;
}): Promise<void> {
  const headers = { 'next-action': `${sent.headers['next-action']?.slice(0, 2)}${'0'.repeat(40)}` };
  expect(answer).toEqual(await replay(who, sent, { address, headers, names: idsIn(sent) }));
  expect(answer.status).toBeGreaterThanOrEqual(400);
}

async function worksForItsSender(walk: Walk, act: Act, sent: Captured): Promise<void> {
  const sender = walk.who[act.by];
  const emptied = { ...sent, body: sent.body.replace(OWN_VALUE, '$1x') };
  if (emptied.body !== sent.body) expect((await replay(sender, emptied)).status).toBeLessThan(500);
  const before = await walk.ownerTrace();
  const answer = await replay(sender, sent);
  expect(answer.status).toBe(200);
  if (act.worked) expect(act.worked(answer)).toBe(true);
  else expect(await walk.ownerTrace()).not.toBe(before);
}

/** The value of a field that the form itself put into the body, not React. */
const OWN_VALUE = /(name="\d+_(?!\$ACTION)[^"]*"\r\n\r\n)[^\r]*/g;

const ID = /[a-z]{3}_[0-9a-z]{26}/g;

function idsIn({ address, body }: Captured): string[] {
  return `${address} ${body}`.match(ID) ?? [];
}

function withUnknownIds(sent: Captured): Captured {
  const unknown = (text: string) => text.replace(ID, (id) => `${id.slice(0, -10)}0000000000`);
  return { ...sent, address: unknown(sent.address), body: unknown(sent.body) };
}
