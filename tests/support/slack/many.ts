import { randomUUID } from 'node:crypto';
import { startSlack } from '../../../src/adapters/slack/index.ts';
import { COMMANDS } from '../../../src/commands.ts';
import { openInstallations } from '../../../src/store/installations.ts';
import { type Machine, startMachine } from '../machine.ts';
import { CLIENT, type Grant } from './grants.ts';
import { payloads } from './payloads.ts';
import type { Payload } from './server.ts';
import { createSlackStage } from './stage.ts';

export const KEY = 'a key of forty characters, for the tests';

export const ACME = { id: 'T0ACME', name: 'Acme', domain: 'acme' };
export const GLOBEX = { id: 'T0GLOBEX', name: 'Globex', domain: 'globex' };
export const ORG = { id: 'E0ORG', name: 'Big Org' };

const clock = { now: () => new Date() };

/** The whole bot for as many workspaces as install it, over HTTP, and what people do in their browsers. */
export async function startForMany({ checkEveryMs }: { checkEveryMs?: number } = {}) {
  const { server, stage, apiUrl, tokens, port, stop } = await createSlackStage({
    mode: 'http',
    commands: COMMANDS,
  });
  let keys: [string, ...string[]] = [KEY];
  const machine: Machine = await startMachine({
    platform: 'slack',
    stage,
    isUnlimited: true,
    start: async ({ bot, emit, store }) =>
      startSlack({
        bot,
        emit,
        clock,
        apiUrl,
        port,
        checkEveryMs,
        signingSecret: tokens.signingSecret,
        installing: {
          ...CLIENT,
          installations: await openInstallations(store, { keys, clock, newId: randomUUID }),
          extras: {},
        },
      }),
  });
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;

  /** The page on which an installation begins: what it links to, and the cookie that it sets. */
  async function begin() {
    const page = await fetch(at('/slack/install'));
    const [, link = ''] = /href="([^"]+)"/.exec(await page.text()) ?? [];
    const url = new URL(link.replaceAll('&amp;', '&'));
    const cookie = page.headers.get('set-cookie') ?? '';
    return { url, state: url.searchParams.get('state') ?? '', cookie };
  }

  /** What Slack sends a browser back to. */
  async function comeBack(query: Record<string, string>, cookie = '') {
    const headers = { cookie: cookie.split(';')[0] ?? '' };
    const page = await fetch(at(`/slack/oauth_redirect?${new URLSearchParams(query)}`), {
      headers,
    });
    return { status: page.status, html: await page.text() };
  }

  async function install(grant: Grant) {
    const { state, cookie } = await begin();
    return comeBack({ state, code: server.grants.allow(grant) }, cookie);
  }

  const event = async (payload: Payload) => server.deliver({ kind: 'events_api', payload });

  return {
    machine,
    server,
    begin,
    comeBack,
    install,
    event,
    at,
    /** Stops everything and starts it again; a page is read, so that nothing is sent over a connection that was closed. */
    async restart() {
      await machine.restart();
      await fetch(at('/slack/install')).catch(() => undefined);
    },
    setKeys: (...given: [string, ...string[]]) => {
      keys = given;
    },
    /** Runs a command in a workspace; its answer, as its acknowledgement says it. */
    async run(make: ReturnType<typeof payloads>, user: string, text: string): Promise<string> {
      const payload = make.command(user, 'C0GENERAL', '/warmup', '');
      const { answer } = await server.deliver({
        kind: 'slash_commands',
        payload: { ...payload, text },
      });
      return JSON.stringify(answer ?? '');
    },
    /** Whose token was used for a call, the newest last; `undefined` for the token of nobody. */
    usedFor(method: string, isIt: (body: Payload) => boolean = () => true) {
      return server
        .sent()
        .filter(({ path, body }) => path.endsWith(method) && isIt(body))
        .map(({ token = '' }) => {
          const owner = server.grants.ownerOf(token);
          return typeof owner === 'object' ? (owner.team ?? owner.enterprise)?.id : owner;
        });
    },
    stop: () => machine.stop().then(stop),
  };
}

export type ForMany = Awaited<ReturnType<typeof startForMany>>;

export { payloads };
