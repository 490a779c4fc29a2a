import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ACME,
  type ForMany,
  GLOBEX,
  KEY,
  ORG,
  payloads,
  startForMany,
} from '../../../support/slack/many.ts';
import type { User } from '../../../support/slack/workspace.ts';

let many: ForMany;
beforeEach(async () => {
  many = await startForMany();
});
afterEach(async () => {
  await many.stop();
  expect(many.server.complaints).toEqual([]);
});

const inAcme = () => payloads(many.server, { team: ACME });
const inGlobex = () => payloads(many.server, { team: GLOBEX });

/** An admin of a workspace, and a channel there in which the bot is. */
function admin(name: string, team: string) {
  const channel = many.server.addChannel(`${name}-standup`);
  const user = many.server.addUser(name, { isAdmin: true, team });
  channel.members.add(user.id);
  return { user: user.id, channel: channel.id };
}

async function installedIn(team: typeof ACME, name: string) {
  const who = admin(name, team.id);
  await many.install({ team, installer: who.user });
  return who;
}

/** The daily question at nine, in a channel. */
async function setUp(
  make: ReturnType<typeof payloads>,
  { user, channel }: ReturnType<typeof admin>,
) {
  const planned = await many.run(
    make,
    user,
    `setup plan channel:<#${channel}|c> time:09:00 zone:UTC days:weekdays`,
  );
  const [, schedule] = /schedule:(\d+)/.exec(planned) ?? [];
  await many.run(make, user, `setup on schedule:${schedule}`);
}

/** The bytes of all files of the database. */
const stored = () =>
  readdirSync(many.machine.folder)
    .map((name) => readFileSync(join(many.machine.folder, name), 'latin1'))
    .join('');

const workspaces = async () =>
  (await many.machine.store.listWorkspaces()).map(({ id, leftAt }) => [id, leftAt ? 'left' : 'in']);

test('two workspaces install the app, and each is written to with its own token', async () => {
  const page = await many.begin();
  expect(page.url.searchParams.get('scope')).toBe('commands,chat:write,users:read,mpim:write');
  expect(page.cookie).toMatch(/HttpOnly/);
  const ana = admin('ana', ACME.id);
  const bo = admin('bo', GLOBEX.id);

  const done = await many.install({ team: ACME, installer: ana.user });
  await many.install({ team: GLOBEX, installer: bo.user });
  expect([done.status, done.html]).toEqual([200, expect.stringContaining('installed in Acme')]);
  const told = () => many.server.sent().filter(({ path }) => path.endsWith('chat.postMessage'));
  await expect.poll(() => told().map(({ body }) => body.channel)).toEqual([ana.user, bo.user]);
  expect(JSON.stringify(told()[0]?.body.blocks)).toContain('setup');

  await setUp(inAcme(), ana);
  await setUp(inGlobex(), bo);
  await many.machine.comeTo('2026-03-02T09:00:00Z');

  for (const [{ channel }, { id }] of [
    [ana, ACME],
    [bo, GLOBEX],
  ] as const)
    expect(many.usedFor('chat.postMessage', (body) => body.channel === channel)).toEqual([id]);
  expect(await workspaces()).toEqual([
    ['slack:T0ACME', 'in'],
    ['slack:T0GLOBEX', 'in'],
  ]);
});

test('no token can be read in the files of the database, nor who installed the app', async () => {
  const ana = await installedIn(ACME, 'ana');

  const bytes = stored();

  expect(many.server.grants.tokens()).toHaveLength(2);
  for (const token of many.server.grants.tokens()) expect(bytes).not.toContain(token);
  expect(bytes).not.toContain('xox');
  expect(bytes).not.toContain(ana.user);
  expect(bytes).toContain('slack:T0ACME');
});

const SPOILED: [
  string,
  (begun: Begun) => Promise<{ query: { state?: string }; cookie: string }>,
][] = [
  ['no state', async ({ cookie }) => ({ query: {}, cookie })],
  ['no cookie', async ({ state }) => ({ query: { state }, cookie: '' })],
  [
    'the state of another browser',
    async ({ cookie }) => ({ query: { state: (await many.begin()).state }, cookie }),
  ],
  [
    'a state that we did not make',
    async ({ state }) => {
      const forged = `${state.slice(0, -4)}AAAA`;
      return { query: { state: forged }, cookie: `slack-app-oauth-state=${forged}` };
    },
  ],
];

test('an installation with a wrong state is refused, and no error is logged', async () => {
  for (const [name, spoil] of SPOILED) {
    const code = many.server.grants.allow({ team: ACME, installer: 'U1' });
    const { query, cookie } = await spoil(await many.begin());

    const { status, html } = await many.comeBack({ code, ...query }, cookie);

    expect([name, status, html]).toEqual([name, 400, expect.stringContaining('expired')]);
  }
  expect(await many.machine.store.sealedInstallations()).toEqual([]);
  expect(many.machine.events.filter(({ kind }) => kind === 'failed')).toEqual([]);
});

type Begun = Awaited<ReturnType<ForMany['begin']>>;

test('a state is used once, and a canceled installation says so', async () => {
  const { state, cookie } = await many.begin();
  const allow = () =>
    many.server.grants.allow({ team: ACME, installer: many.server.addUser('ana').id });
  const first = await many.comeBack({ state, code: allow() }, cookie);
  const second = await many.comeBack({ state, code: allow() }, cookie);
  const canceled = await many.comeBack({ state, error: 'access_denied' }, cookie);

  expect([first.status, second.status, canceled.status]).toEqual([200, 400, 400]);
  expect(canceled.html).toContain('canceled');
});

test('tokens that run out are replaced once, kept, and used after a restart', async () => {
  many.server.grants.expireIn(60);
  const { user } = await installedIn(ACME, 'ana');
  const [, oldRefresh = ''] = many.server.grants.tokens();
  many.server.grants.expireIn(43_200);

  const answers = await Promise.all(
    ['help', 'leaderboard', 'help'].map((text) => many.run(inAcme(), user, text)),
  );
  expect(answers.filter((answer) => answer.length < 10)).toEqual([]);
  expect(many.server.grants.refreshed()).toBe(1);

  await many.restart();
  await many.run(inAcme(), user, 'help');
  expect(many.server.grants.refreshed()).toBe(1);
  expect(many.server.sent().at(-1)?.token).toBe(many.server.grants.tokens()[2]);
  expect(stored()).not.toContain(oldRefresh);
});

test('an organization installs the app once for its workspaces, and takes it away from one', async () => {
  const ana = admin('ana', ACME.id);
  const bo = admin('bo', GLOBEX.id);
  const done = await many.install({ enterprise: ORG, installer: ana.user });
  expect(done.html).toContain('installed in Big Org');
  const wide = { enterprise: ORG, isWide: true };
  const acme = payloads(many.server, { team: ACME, ...wide });
  const globex = payloads(many.server, { team: GLOBEX, ...wide });

  await setUp(acme, ana);
  await setUp(globex, bo);
  await many.restart();
  await many.event({
    ...acme.event({ type: 'team_access_revoked', team_ids: [GLOBEX.id] }),
    team_id: null,
  });
  await many.machine.comeTo('2026-03-02T09:00:00Z');

  expect(many.usedFor('chat.postMessage', ({ channel }) => channel === ana.channel)).toEqual([
    'E0ORG',
  ]);
  expect(many.usedFor('chat.postMessage', ({ channel }) => channel === bo.channel)).toEqual([]);
  expect(await workspaces()).toEqual([
    ['slack:T0ACME', 'in'],
    ['slack:T0GLOBEX', 'left'],
  ]);

  await many.event(acme.event({ type: 'team_access_granted', team_ids: [GLOBEX.id] }));
  expect(await workspaces()).toContainEqual(['slack:T0GLOBEX', 'in']);
  await many.event({ ...acme.event({ type: 'app_uninstalled' }), team_id: null });
  expect(await workspaces()).toEqual([
    ['slack:T0ACME', 'left'],
    ['slack:T0GLOBEX', 'left'],
  ]);
  expect(await many.machine.store.sealedInstallations()).toEqual([]);

  await many.install({ enterprise: ORG, installer: ana.user });
  expect(await workspaces()).toEqual([
    ['slack:T0ACME', 'in'],
    ['slack:T0GLOBEX', 'in'],
  ]);
});

test.each([
  ['app_uninstalled', { type: 'app_uninstalled' }],
  ['tokens_revoked', { type: 'tokens_revoked', tokens: { bot: ['U0WARMUP'] } }],
])(
  'after %s the tokens are gone at once, nothing is posted, and the data goes after thirty days',
  async (_, event) => {
    const ana = await installedIn(ACME, 'ana');
    await installedIn(GLOBEX, 'bo');
    await setUp(inAcme(), ana);
    const [sealed] = await many.machine.store.sealedInstallations();
    many.server.grants.revoke(ACME.id);

    await many.event(inAcme().event(event));
    await many.machine.comeTo('2026-03-02T09:00:00Z');

    expect((await many.machine.store.sealedInstallations()).map(({ id }) => id)).toEqual([
      'slack:T0GLOBEX',
    ]);
    await expect.poll(stored).not.toContain(sealed?.sealed);
    expect(many.usedFor('chat.postMessage', ({ channel }) => channel === ana.channel)).toEqual([]);
    const quiet = await many.event(
      inAcme().event({ type: 'app_home_opened', user: ana.user, channel: 'D1', tab: 'home' }),
    );
    expect(quiet.status).toBe(200);

    await many.machine.comeTo('2026-04-20T09:00:00Z');
    expect(await workspaces()).toEqual([]);
  },
);

test('installed again in time, a workspace goes on, and a late word of the removal changes nothing', async () => {
  const ana = await installedIn(ACME, 'ana');
  await setUp(inAcme(), ana);
  const late = inAcme().event({ type: 'app_uninstalled' });
  await many.event(late);
  expect(await workspaces()).toEqual([['slack:T0ACME', 'left']]);

  await many.install({ team: ACME, installer: ana.user });
  await many.event({ ...late, event_time: late.event_time - 60 });
  await many.machine.comeTo('2026-04-20T09:00:00Z');

  expect(await workspaces()).toEqual([['slack:T0ACME', 'in']]);
  expect(many.usedFor('chat.postMessage', ({ channel }) => channel === ana.channel).at(-1)).toBe(
    ACME.id,
  );
});

test('a key is replaced while the old one is known, and a wrong one is named', async () => {
  const { user } = await installedIn(ACME, 'ana');
  const [before] = await many.machine.store.sealedInstallations();

  many.setKeys('another key of forty characters, or more', KEY);
  await many.restart();
  const [after] = await many.machine.store.sealedInstallations();
  expect(after?.sealed).not.toBe(before?.sealed);

  many.setKeys('another key of forty characters, or more');
  await many.restart();
  expect(await many.run(inAcme(), user, 'help')).toContain('daily');
  many.setKeys('a key that nobody has ever set anywhere');
  await expect(many.restart()).rejects.toThrow(/SLACK_INSTALLATION_KEY doesn't open/);

  many.setKeys('another key of forty characters, or more');
  await many.machine.boot();
});

const PEOPLE: [string, Partial<User>, boolean][] = [
  ['fromanothercompany', { isAdmin: true, team: 'T0OTHER' }, false],
  [
    'fromanotherworkspace',
    { isAdmin: true, team: 'T0OTHER', enterprise: { teams: ['T0OTHER', ACME.id] } },
    false,
  ],
  [
    'oftheorganization',
    { isAdmin: false, team: 'T0OTHER', enterprise: { teams: [ACME.id], isAdmin: true } },
    true,
  ],
  ['ofthisworkspace', { isAdmin: true, team: ACME.id }, true],
];

test('with the token of an organization, people are admins only of what they manage', async () => {
  await many.install({ enterprise: ORG, installer: many.server.addUser('ana').id });
  const acme = payloads(many.server, { team: ACME, enterprise: ORG, isWide: true });
  const plan = 'setup plan channel:<#C0GENERAL|general> time:09:00 zone:UTC days:weekdays';
  for (const [name, options, isAdmin] of PEOPLE) {
    const user = many.server.addUser(name, options);

    const said = await many.run(acme, user.id, plan);

    expect([name, said.includes('Only workspace admins')]).toEqual([name, !isAdmin]);
  }
});

test('a removal of which Slack told nobody is noticed, and other workspaces stay', async () => {
  await many.stop();
  many = await startForMany({ checkEveryMs: 50 });
  const { user } = await installedIn(ACME, 'ana');
  await installedIn(GLOBEX, 'bo');
  await many.run(inAcme(), user, 'help');
  const ids = async () => (await many.machine.store.sealedInstallations()).map(({ id }) => id);

  many.server.grants.revoke(ACME.id);

  await expect.poll(ids).toEqual(['slack:T0GLOBEX']);
  await expect.poll(workspaces).toEqual([['slack:T0ACME', 'left']]);
});

test('a stopped workspace hears so in private, and others go on', async () => {
  const ana = await installedIn(ACME, 'ana');
  const bo = await installedIn(GLOBEX, 'bo');
  await many.run(inAcme(), ana.user, 'help');
  await many.machine.store.stopWorkspace({
    workspace: 'slack:T0ACME',
    isStopped: true,
    at: new Date(),
  });

  const stopped = await many.run(inAcme(), ana.user, 'leaderboard');

  expect(JSON.parse(stopped).response_type).toBe('ephemeral');
  expect(stopped).toContain('turned off in this workspace');
  expect(await many.run(inGlobex(), bo.user, 'leaderboard')).not.toContain('turned off');
});
