import { z } from 'zod';
import { messageBodyProblems, option, viewProblems } from './blocks.ts';
import type { Channel, View, Workspace } from './workspace.ts';

/** The arguments of a call, with `blocks` and `view` already read. */
export type Arguments = {
  channel?: string;
  ts?: string;
  thread_ts?: string;
  user?: string;
  users?: string;
  text?: string;
  blocks?: unknown;
  view?: unknown;
  view_id?: string;
  trigger_id?: string;
  user_id?: string;
  include_locale?: string;
  filename?: string;
  length?: string;
  files?: unknown;
  channel_id?: string;
};
export type Answer = { ok: boolean; error?: string; [key: string]: unknown };
type Method = { scope?: string; run(args: Arguments): Answer };

const TRIGGER_MS = 3000;

/** The methods of Slack's Web API that we know, with the scope that each needs. */
export function webApi(
  workspace: Workspace,
  unsupported: Set<string>,
  uploadUrl: (id: string) => string,
): Map<string, Method> {
  const { bot, team, users, channels, views, triggers, complain } = workspace;
  const refuse = (error: string, more: object = {}): Answer => ({ ok: false, error, ...more });

  /** A conversation in which the app may speak, or the error that says why not. */
  function conversation(id: unknown): Channel | string {
    if (typeof id !== 'string') return 'channel_not_found';
    if (users.has(id)) return workspace.directWith(id);
    const channel = channels.get(id);
    const isMember = channel?.members.has(bot.user);
    if (!channel || (channel.isPrivate && !isMember)) return 'channel_not_found';
    if (channel.isArchived) return 'is_archived';
    return isMember ? channel : 'not_in_channel';
  }

  /** An older Slack does not know some blocks; it says so without any fault of ours. */
  function badMessage(args: Arguments, way: 'post' | 'update' | 'ephemeral'): Answer | undefined {
    if (usesUnsupported(args.blocks, unsupported)) return refuse('invalid_blocks');
    const problems = messageBodyProblems(args, way);
    if (problems.length === 0) return undefined;
    for (const problem of problems) complain(`${way}: ${problem}`);
    return refuse('invalid_blocks', { response_metadata: { messages: problems } });
  }

  function badView(view: unknown, surface: 'modal' | 'home'): Answer | undefined {
    const problems = viewProblems(view, surface);
    if (problems.length === 0) return undefined;
    for (const problem of problems) complain(`view: ${problem}`);
    return refuse('invalid_arguments', { response_metadata: { messages: problems } });
  }

  function takeTrigger(id: unknown): { user: string } | Answer {
    const trigger = typeof id === 'string' ? triggers.get(id) : undefined;
    const error = !trigger
      ? 'invalid_trigger_id'
      : trigger.isUsed
        ? 'exchanged_trigger_id'
        : workspace.now() - trigger.at > TRIGGER_MS
          ? 'expired_trigger_id'
          : undefined;
    if (error || !trigger) {
      complain(`trigger: ${error}`);
      return refuse(error ?? 'invalid_trigger_id');
    }
    trigger.isUsed = true;
    return trigger;
  }

  function openView(args: Arguments): Answer {
    const bad = badView(args.view, 'modal');
    if (bad) return bad;
    const trigger = takeTrigger(args.trigger_id);
    if ('ok' in trigger) return trigger;
    // `badView` has read it with the table.
    const view = workspace.openView(trigger.user, args.view as View['view']);
    workspace.show(trigger.user, { kind: 'view', view });
    return { ok: true, view: { id: view.id, hash: view.hash } };
  }

  return new Map<string, Method>([
    [
      'auth.test',
      {
        run: () => ({
          ok: true,
          url: 'https://test-team.slack.com/',
          team: team.name,
          team_id: team.id,
          user: bot.name,
          user_id: bot.user,
          bot_id: bot.id,
          is_enterprise_install: false,
        }),
      },
    ],
    [
      'users.info',
      {
        scope: 'users:read',
        run(args) {
          const user = users.get(String(args.user));
          if (!user) return refuse('user_not_found');
          const { id, name, isAdmin, isBot = false, isDeleted = false, tz, locale } = user;
          const { enterprise } = user;
          return {
            ok: true,
            user: {
              id,
              team_id: user.team ?? team.id,
              is_bot: isBot,
              name,
              real_name: name,
              deleted: isDeleted,
              is_admin: isAdmin,
              is_owner: false,
              tz,
              ...(args.include_locale ? { locale } : {}),
              profile: { display_name: name, real_name: name },
              ...(enterprise
                ? {
                    enterprise_user: {
                      id,
                      enterprise_id: 'E0ORG',
                      teams: enterprise.teams,
                      is_admin: enterprise.isAdmin ?? false,
                      is_owner: false,
                    },
                  }
                : {}),
            },
          };
        },
      },
    ],
    [
      'chat.postMessage',
      {
        scope: 'chat:write',
        run(args) {
          const channel = conversation(args.channel);
          if (typeof channel === 'string') return refuse(channel);
          const bad = badMessage(args, 'post');
          if (bad) return bad;
          const thread = args.thread_ts;
          if (thread && !workspace.findMessage(channel.id, String(thread))) {
            complain('post: thread_ts of no message');
          }
          const message = workspace.addMessage({
            channel: channel.id,
            user: bot.user,
            text: String(args.text),
            blocks: list(args.blocks),
            ...(thread ? { thread: String(thread) } : {}),
          });
          return { ok: true, channel: channel.id, ts: message.ts, message: { text: message.text } };
        },
      },
    ],
    [
      'chat.update',
      {
        scope: 'chat:write',
        run(args) {
          const id = String(args.channel);
          if (users.has(id)) {
            complain('update: a person is no conversation');
            return refuse('channel_not_found');
          }
          const channel = conversation(id);
          if (typeof channel === 'string') return refuse(channel);
          const bad = badMessage(args, 'update');
          if (bad) return bad;
          const message = workspace.findMessage(id, String(args.ts));
          if (!message || message.ephemeralTo) {
            if (message) complain('update: ephemeral messages cannot be updated');
            return refuse('message_not_found');
          }
          if (message.user !== bot.user) return refuse('cant_update_message');
          message.text = String(args.text);
          message.blocks = list(args.blocks);
          return { ok: true, channel: id, ts: message.ts, text: message.text };
        },
      },
    ],
    [
      'chat.postEphemeral',
      {
        scope: 'chat:write',
        run(args) {
          const channel = conversation(args.channel);
          if (typeof channel === 'string') return refuse(channel);
          const user = String(args.user);
          if (!channel.members.has(user)) return refuse('user_not_in_channel');
          const bad = badMessage(args, 'ephemeral');
          if (bad) return bad;
          const thread = args.thread_ts;
          const message = {
            channel: channel.id,
            user: bot.user,
            text: String(args.text),
            blocks: list(args.blocks),
            ephemeralTo: user,
            ...(thread ? { thread: String(thread) } : {}),
          };
          if (user === bot.user) return { ok: true, message_ts: '0.0' };
          const added = workspace.addMessage(message);
          workspace.show(user, { kind: 'message', message: added, replaced: false });
          return { ok: true, message_ts: added.ts };
        },
      },
    ],
    [
      'conversations.open',
      {
        scope: 'mpim:write',
        run(args) {
          const people = String(args.users).split(',');
          if (people.some((user) => !users.has(user))) return refuse('user_not_found');
          return { ok: true, channel: { id: workspace.groupOf(people).id } };
        },
      },
    ],
    [
      'conversations.info',
      {
        scope: 'channels:read',
        run(args) {
          const channel = channels.get(String(args.channel));
          if (!channel || (channel.isPrivate && !channel.members.has(bot.user))) {
            return refuse('channel_not_found');
          }
          const { id, name, isArchived, isPrivate, members } = channel;
          return {
            ok: true,
            channel: {
              id,
              name,
              is_archived: isArchived,
              is_private: isPrivate,
              is_member: members.has(bot.user),
            },
          };
        },
      },
    ],
    [
      'files.getUploadURLExternal',
      {
        scope: 'files:write',
        run({ filename = '', length }) {
          if (!filename || !(Number(length) > 0)) {
            complain('file: name and length are needed');
            return refuse('invalid_arguments');
          }
          const id = `F0${workspace.nextId()}`;
          workspace.uploads.set(id, { name: filename, length: Number(length) });
          return { ok: true, file_id: id, upload_url: uploadUrl(id) };
        },
      },
    ],
    [
      'files.completeUploadExternal',
      {
        scope: 'files:write',
        run(args) {
          const channel = conversation(args.channel_id);
          if (typeof channel === 'string') return refuse(channel);
          const found = list(args.files).map((file) =>
            workspace.uploads.get(String(Object(file).id)),
          );
          if (found.length === 0 || found.some((file) => !file?.content))
            return refuse('file_not_found');
          const { thread_ts: thread } = args;
          if (thread && workspace.findMessage(channel.id, thread)?.thread)
            complain('file: thread_ts of a reply');
          workspace.addMessage({
            channel: channel.id,
            user: bot.user,
            text: '',
            blocks: [],
            ...(thread ? { thread } : {}),
            files: found.flatMap((file) =>
              file ? [{ name: file.name, text: file.content ?? '' }] : [],
            ),
          });
          return { ok: true, files: list(args.files) };
        },
      },
    ],
    ['views.open', { run: openView }],
    [
      'views.push',
      {
        run(args) {
          const user = triggers.get(String(args.trigger_id))?.user;
          const open = [...views.values()].filter(
            (view) => view.user === user && view.view.type === 'modal',
          );
          return open.length === 0 ? refuse('not_found') : openView(args);
        },
      },
    ],
    [
      'views.update',
      {
        run(args) {
          const view = views.get(String(args.view_id));
          if (!view) return refuse('not_found');
          const bad = badView(args.view, 'modal');
          if (bad) return bad;
          view.view = args.view as View['view'];
          view.hash = workspace.nextId();
          workspace.show(view.user, { kind: 'view', view });
          return { ok: true, view: { id: view.id, hash: view.hash } };
        },
      },
    ],
    [
      'views.publish',
      {
        run(args) {
          const user = users.get(String(args.user_id));
          if (!user) return refuse('user_not_found');
          if (usesUnsupported((args.view as View['view']).blocks, unsupported)) {
            return refuse('invalid_blocks');
          }
          const bad = badView(args.view, 'home');
          if (bad) return bad;
          user.home = args.view;
          const view = workspace.openView(user.id, args.view as View['view']);
          workspace.show(user.id, { kind: 'view', view });
          return { ok: true, view: { id: view.id, hash: view.hash } };
        },
      },
    ],
  ]);
}

function list(blocks: unknown): unknown[] {
  return Array.isArray(blocks) ? blocks : [];
}

/** True when the blocks hold a type that this Slack does not know. */
export function usesUnsupported(blocks: unknown, unsupported: Set<string>): boolean {
  const text = JSON.stringify(blocks ?? []);
  return [...unsupported].some((type) => text.includes(`"type":"${type}"`));
}

/** What the app may answer in an acknowledgement, by what it acknowledges. */
export function ackProblems(
  kind: 'slash_commands' | 'interactive' | 'events_api',
  payload: { type?: string; view?: { blocks: unknown[] } },
  answer: unknown,
): string[] {
  const isEmpty =
    answer === undefined ||
    answer === '' ||
    (typeof answer === 'object' && answer !== null && Object.keys(answer).length === 0);
  if (isEmpty || kind === 'slash_commands') return [];
  if (kind === 'interactive' && payload.type === 'view_submission') {
    return submissionProblems(payload.view?.blocks ?? [], answer);
  }
  if (kind === 'interactive' && payload.type === 'block_suggestion') return optionsProblems(answer);
  return [`ack: ${payload.type ?? kind} must be acknowledged empty`];
}

/** @see https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element (external data source) */
function optionsProblems(answer: unknown): string[] {
  const { success, error } = z
    .strictObject({ options: z.array(option).max(100) })
    .safeParse(answer);
  return success ? [] : [`ack: options ${error.message}`];
}

function submissionProblems(blocks: unknown[], answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || !('response_action' in answer)) {
    return ['ack: a submission is acknowledged empty or with a response_action'];
  }
  const { response_action: action, ...rest } = answer;
  if (action === 'clear') return Object.keys(rest).map((key) => `ack: unknown property ${key}`);
  if (action === 'update' || action === 'push') {
    return 'view' in rest ? viewProblems(rest.view, 'modal') : ['ack: view is missing'];
  }
  if (action !== 'errors' || !('errors' in rest) || typeof rest.errors !== 'object') {
    return [`ack: unknown response_action ${String(action)}`];
  }
  const inputs = new Set(
    blocks.flatMap((block) =>
      typeof block === 'object' && block !== null && Reflect.get(block, 'type') === 'input'
        ? [Reflect.get(block, 'block_id')]
        : [],
    ),
  );
  const keys = Object.keys(rest.errors ?? {});
  return [
    ...(keys.length === 0 ? ['ack: errors is empty'] : []),
    ...keys
      .filter((key) => !inputs.has(key))
      .map((key) => `ack: ${key} is no block_id of an input`),
  ];
}
