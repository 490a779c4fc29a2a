import { request } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import type { RespondArguments } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Reply, Visibility } from '../../spine/reply.ts';
import type { Origin } from './origin.ts';
import { plainerMessages, presentMessage, presentWhole, type SlackMessage } from './present.ts';
import { failureOf } from './problems.ts';
import { inMessages, prepareFiles, shareFiles } from './upload.ts';

type Outcome = 'sent' | 'bad-blocks' | 'refused' | 'unknown';
type Way = (message: SlackMessage) => Promise<Outcome>;
type Report = (where: string, error: unknown) => void;
/** A reply on its way: who may see it, and whether it takes the place of the pressed message. */
type Aim = { origin: Origin; isPrivate: boolean; replaces: boolean };

/** How long an answer to a response_url may take before it counts as lost. */
const TIMEOUT_MS = 10_000;

/** How often one message of many waits for Slack to take it. */
const MAX_WAITS = 5;

const LATER_MS = 1000;

/** Links in our messages show no previews. */
export const UNFURL_NOTHING = { unfurl_links: false, unfurl_media: false };

/** The two ways in which a reply is said. */
export type Replies = {
  /** Says a reply where it belongs. */
  deliver(reply: Reply, visibility: Visibility, origin: Origin): Promise<void>;
  /**
   * A reply as what the acknowledgement of a command says; undefined for one that it cannot hold whole, or that Slack
   * may refuse: an acknowledgement hears of no refusal.
   */
  inAcknowledgement(
    reply: Reply,
    visibility: Visibility,
    origin: Origin,
  ): RespondArguments | undefined;
};

/**
 * Says replies where they belong. The address that came with a press or a command is tried first:
 * it works in channels where the app is no member. Then the Web API, and in the end a direct
 * message, so that no answer is lost while Slack is up.
 */
export function createReplies({
  api,
  isOwnDirect,
  report,
}: {
  api: WebClient;
  /** True for a direct message between a person and this app: nobody else reads it. */
  isOwnDirect(channel: string): boolean;
  report: Report;
}): Replies {
  // A reply may narrow what its command declared: errors are private wherever they happen.
  const isPrivateIn = (reply: Reply, visibility: Visibility, { place }: Origin) =>
    (visibility === 'private' || reply.visibility === 'private') && !isOwnDirect(place.channel);
  return {
    async deliver(reply, visibility, origin) {
      const isPrivate = isPrivateIn(reply, visibility, origin);
      const aim = { origin, isPrivate, replaces: replaces(reply, isPrivate, origin) };
      const ways = [...byResponseUrl(aim, report), ...byApi(api, aim, report)];
      const { reply: prepared, message, ids } = await prepareFiles(api, reply);
      const { reply: shown, messages } = inMessages(prepared);
      const full = messages.length === 0 ? message : presentMessage(shown);
      for (const each of plainerMessages(shown, full))
        if ((await firstOf(ways, each, aim)) !== 'bad-blocks') break;
      if (ids.length > 0)
        await giveFiles(api, ids, aim).catch((error) => report('slack file', error));
      await sayAll(api, messages, origin.user).catch((error) => report('slack file', error));
    },
    inAcknowledgement(reply, visibility, origin) {
      if (reply.blocks.some(({ kind }) => kind === 'file' || kind === 'chart')) return undefined;
      const { message, isWhole } = presentWhole(reply);
      const isPrivate = isPrivateIn(reply, visibility, origin);
      return isWhole
        ? { ...message, response_type: isPrivate ? 'ephemeral' : 'in_channel' }
        : undefined;
    },
  };
}

/** A file has no private form in a channel, so a private one goes to the direct message. */
async function giveFiles(api: WebClient, ids: string[], { origin, isPrivate }: Aim): Promise<void> {
  const { user, place } = origin;
  if (!isPrivate && place.channel !== user) {
    const { channel, thread } = place;
    try {
      return await shareFiles(api, ids, { channel, thread });
    } catch (error) {
      if (failureOf(error, '').outcome !== 'refused') throw error;
    }
  }
  const text = "Here's your file.";
  const { channel = user, ts: thread } = await api.chat.postMessage({ channel: user, text });
  await shareFiles(api, ids, { channel, thread });
}

/** Says one message after the other to one person alone, as fast as Slack lets it. */
async function sayAll(api: WebClient, messages: readonly Reply[], channel: string): Promise<void> {
  for (const message of messages)
    for (let tries = 0; ; tries += 1) {
      const failure = await api.chat
        .postMessage({ channel, ...UNFURL_NOTHING, ...presentMessage(message) })
        .then(
          () => undefined,
          (error: unknown) => ({ ...failureOf(error, ''), cause: error }),
        );
      if (!failure) break;
      // A part that is said twice does no harm.
      if (failure.outcome === 'refused' || tries === MAX_WAITS) throw failure.cause;
      await wait(failure.retryAfterMs ?? LATER_MS);
    }
}

/** A private answer never takes the place of a message that others see. */
function replaces(reply: Reply, isPrivate: boolean, { message, isEphemeral }: Origin): boolean {
  return Boolean(reply.update && message && (isEphemeral || !isPrivate));
}

/** Where a second copy does no harm, an answer that may be lost is said in the next way as well. */
async function firstOf(ways: Way[], message: SlackMessage, aim: Aim): Promise<Outcome> {
  const isHarmless = aim.isPrivate || aim.replaces;
  let outcome: Outcome = 'refused';
  for (const way of ways) {
    outcome = await way(message);
    if (outcome !== 'refused' && !(outcome === 'unknown' && isHarmless)) break;
  }
  return outcome;
}

function threadOf({ place }: Origin): { thread_ts?: string } {
  return place.thread ? { thread_ts: place.thread } : {};
}

function byResponseUrl({ origin, isPrivate, replaces }: Aim, report: Report): Way[] {
  const { responseUrl } = origin;
  if (!responseUrl) return [];
  const aim = replaces
    ? { replace_original: true }
    : {
        response_type: isPrivate ? 'ephemeral' : 'in_channel',
        replace_original: false,
        ...threadOf(origin),
      };
  return [
    async (message) => {
      try {
        const { status, text } = await postJson(responseUrl, { ...message, ...aim });
        return responseOutcome(status, text);
      } catch (error) {
        report('slack response_url', error);
        return 'unknown';
      }
    },
  ];
}

/**
 * Posts JSON over a connection that is kept for the next; `fetch` takes five times the processor time.
 *
 * @throws when the connection fails, or nothing comes back in time.
 */
function postJson(url: string, body: object): Promise<{ status: number; text: string }> {
  const begin = url.startsWith('https:') ? requestSecurely : request;
  const json = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const sent = begin(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.end(json);
  });
}

/** Slack answers `ok`, or an error as JSON or as a bare word. */
function responseOutcome(status: number, body: string): Outcome {
  if (status === 200 && !/"ok"\s*:\s*false/.test(body)) return 'sent';
  const error = /"error"\s*:\s*"(\w+)"/.exec(body)?.[1] ?? body.trim();
  if (/blocks|invalid_payload|invalid_attachments/.test(error)) return 'bad-blocks';
  return status >= 500 ? 'unknown' : 'refused';
}

function byApi(api: WebClient, aim: Aim, report: Report): Way[] {
  const { user, place } = aim.origin;
  const inPlace = attempt((message) => sayInPlace(api, aim, message), report);
  if (place.channel === user) return [inPlace];
  const direct = attempt(
    (message) => api.chat.postMessage({ channel: user, ...UNFURL_NOTHING, ...message }),
    report,
  );
  return [inPlace, direct];
}

function sayInPlace(api: WebClient, { origin, isPrivate, replaces }: Aim, message: SlackMessage) {
  const { user, place, message: pressed, isEphemeral } = origin;
  const { channel } = place;
  if (replaces && pressed && !isEphemeral) {
    return api.chat.update({ channel, ts: pressed, ...message });
  }
  const thread = threadOf(origin);
  if (isPrivate) return api.chat.postEphemeral({ channel, user, ...thread, ...message });
  return api.chat.postMessage({ channel, ...thread, ...UNFURL_NOTHING, ...message });
}

function attempt(send: (message: SlackMessage) => Promise<unknown>, report: Report): Way {
  return async (message) => {
    try {
      await send(message);
      return 'sent';
    } catch (error) {
      const { outcome, isAboutBlocks } = failureOf(error, '');
      report('slack reply', error);
      if (isAboutBlocks) return 'bad-blocks';
      return outcome === 'unknown' ? 'unknown' : 'refused';
    }
  };
}
