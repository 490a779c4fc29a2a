import type { Payload, SlackServer } from './server.ts';
import type { SlackMessage, View } from './workspace.ts';

type Team = { id: string; name: string; domain: string };

/** Payloads as Slack sends them, with fresh triggers and response_urls. */
export function payloads(
  server: SlackServer,
  {
    team = server.team,
    enterprise = null,
    isWide = false,
  }: { team?: Team; enterprise?: { id: string; name: string } | null; isWide?: boolean } = {},
) {
  const about = (user: string) => ({
    team: { id: team.id, domain: team.domain },
    user: { id: user, username: nameOf(user), name: nameOf(user), team_id: team.id },
    api_app_id: 'A0WARMUP',
    token: 'legacy',
    is_enterprise_install: isWide,
    enterprise,
    some_future_property: { a: [1] },
  });
  const nameOf = (user: string) => server.users.get(user)?.name ?? user;

  function replyAddress(user: string, channel: string, pressed?: SlackMessage): string {
    return server.responseUrl(
      server.newResponseUrl({ user, channel, ...(pressed ? { pressed } : {}) }),
    );
  }

  return {
    command(user: string, channel: string, command: string, text: string): Payload {
      return {
        token: 'legacy',
        team_id: team.id,
        team_domain: team.domain,
        channel_id: channel,
        channel_name: server.channels.get(channel)?.name ?? 'unknown',
        user_id: user,
        user_name: nameOf(user),
        command,
        text: escaped(text),
        api_app_id: 'A0WARMUP',
        is_enterprise_install: String(isWide),
        ...(enterprise ? { enterprise_id: enterprise.id } : {}),
        response_url: replyAddress(user, channel),
        trigger_id: server.newTrigger(user),
      };
    },

    /** A pressed button or a changed menu on a message. */
    messageAction(
      user: string,
      message: SlackMessage,
      action: object,
      values: object = {},
    ): Payload {
      const { channel, ts, thread, ephemeralTo } = message;
      return {
        type: 'block_actions',
        ...about(user),
        trigger_id: server.newTrigger(user),
        response_url: replyAddress(user, channel, message),
        channel: { id: channel, name: server.channels.get(channel)?.name ?? '' },
        container: {
          type: 'message',
          message_ts: ts,
          channel_id: channel,
          is_ephemeral: ephemeralTo !== undefined,
          ...(thread ? { thread_ts: thread } : {}),
        },
        // Slack leaves out the message when only one person sees it.
        ...(ephemeralTo
          ? {}
          : {
              message: {
                type: 'message',
                user: message.user,
                ts,
                text: message.text,
                blocks: message.blocks,
                ...(thread ? { thread_ts: thread } : {}),
              },
            }),
        state: { values },
        actions: [{ action_ts: ts, block_id: 'b', ...action }],
      };
    },

    /** A pressed button in the App Home or in a window. */
    viewAction(view: View, action: object, values: object = {}): Payload {
      return {
        type: 'block_actions',
        ...about(view.user),
        trigger_id: server.newTrigger(view.user),
        container: { type: 'view', view_id: view.id },
        view: viewOutput(view, values),
        actions: [{ action_ts: '1.0', block_id: 'b', ...action }],
      };
    },

    submission(view: View, values: object): Payload {
      return {
        type: 'view_submission',
        ...about(view.user),
        trigger_id: server.newTrigger(view.user),
        view: viewOutput(view, values),
        response_urls: [],
      };
    },

    /** A list with options of ours that somebody opens or types in. */
    suggestion(view: View, typed: { action_id: string; block_id: string; value: string }): Payload {
      return {
        type: 'block_suggestion',
        ...about(view.user),
        container: { type: 'view', view_id: view.id },
        view: viewOutput(view, {}),
        ...typed,
      };
    },

    shortcut(user: string, message: SlackMessage, callbackId: string): Payload {
      const { channel, ts, text, thread } = message;
      return {
        type: 'message_action',
        ...about(user),
        callback_id: callbackId,
        trigger_id: server.newTrigger(user),
        message_ts: ts,
        action_ts: ts,
        response_url: replyAddress(user, channel),
        channel: { id: channel, name: server.channels.get(channel)?.name ?? '' },
        message: {
          type: 'message',
          user: message.user,
          ts,
          text: escaped(text),
          ...(thread ? { thread_ts: thread } : {}),
        },
      };
    },

    event(event: object, id = `Ev${server.nextId()}`): Payload {
      return {
        token: 'legacy',
        team_id: team.id,
        ...(enterprise ? { enterprise_id: enterprise.id } : {}),
        api_app_id: 'A0WARMUP',
        type: 'event_callback',
        event_id: id,
        event_time: Math.floor(server.now() / 1000),
        authorizations: [
          {
            team_id: team.id,
            enterprise_id: enterprise?.id ?? null,
            user_id: server.bot.user,
            is_bot: true,
            is_enterprise_install: isWide,
          },
        ],
        event,
      };
    },
  };
}

function viewOutput({ id, hash, view }: View, values: object) {
  return {
    id,
    hash,
    team_id: 'T0TEAM',
    app_id: 'A0WARMUP',
    bot_id: 'B0WARMUP',
    callback_id: '',
    private_metadata: '',
    ...view,
    state: { values },
    root_view_id: id,
    previous_view_id: null,
  };
}

/** Typed text reaches an app with three characters escaped. */
/** The characters that Slack sends as entities. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
