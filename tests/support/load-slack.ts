import { type Answering, dailyLine, type Load } from './load.ts';
import { payloads } from './slack/payloads.ts';
import type { Payload } from './slack/server.ts';
import { createSlackStage, type SlackStage } from './slack/stage.ts';

/** Every so many people have a profile that Slack looks up slowly: their answers are stored first. */
const SLOW_EVERY = 12;
const SLOW_MS = 1200;

/** People who press buttons and type commands in a Slack on loopback. */
export async function slackLoad(
  mode: 'socket' | 'http',
  line = dailyLine,
): Promise<Load & { slack: SlackStage }> {
  const slack = await createSlackStage({ mode });
  const { server, tokens, port, apiUrl } = slack;
  const make = payloads(server);
  const message = server.addMessage({
    channel: server.general.id,
    user: server.bot.user,
    text: 'The question',
    blocks: [],
  });
  const users = new Map<number, string>();
  const userOf = (person: number) => {
    const known = users.get(person) ?? server.addUser(`p${person}`).id;
    users.set(person, known);
    return known;
  };
  server.slowDown('users.info', ({ user }: Payload) => {
    const found = [...users].find(([, id]) => id === user);
    return found && found[0] % SLOW_EVERY === 5 ? SLOW_MS : 0;
  });

  function answer(person: number): Answering {
    const user = userOf(person);
    const run = line(person);
    const isPress = person % 2 === 0;
    const payload = isPress
      ? make.messageAction(user, message, { type: 'button', action_id: 'x', value: `1:${run}` })
      : make.command(user, server.general.id, '/warmup', run);
    let isAcknowledged = false;
    const ended = server
      .deliver({ kind: isPress ? 'interactive' : 'slash_commands', payload })
      .then(
        ({ status, answer: words }) => {
          // The acknowledgement of a command may say that nothing was stored.
          const isFault = /nothing (changed|was saved)/.test(words?.text ?? '');
          isAcknowledged = status === 200 && !isFault;
        },
        () => {},
      );
    return { isAcknowledged: () => isAcknowledged, ended };
  }

  return {
    slack,
    platform: 'slack',
    workspace: `slack:${server.team.id}`,
    environment: {
      SLACK_BOT_TOKEN: tokens.botToken,
      SLACK_API_URL: apiUrl,
      ...(tokens.appToken ? { SLACK_APP_TOKEN: tokens.appToken } : {}),
      ...(tokens.signingSecret
        ? { SLACK_SIGNING_SECRET: tokens.signingSecret, PORT: String(port) }
        : {}),
    },
    account: (person) => `slack:${server.team.id}/${userOf(person)}`,
    answer,
    stop: () => slack.stop(),
  };
}
