// A Bolt app with the framework's defaults: it answers a command in the acknowledgement, a press by response_url.
import { App } from '@slack/bolt';

const [port, apiUrl] = process.argv.slice(2);
const app = new App({
  token: 'xoxb-bench',
  signingSecret: 'bench',
  clientOptions: { slackApiUrl: apiUrl },
});
const answer = { response_type: 'ephemeral', text: 'Heard.' };
app.command(/./, ({ ack }) => ack(answer));
app.action(/./, async ({ ack, respond }) => {
  await ack();
  await respond(answer);
});
await app.start(Number(port));
process.stdout.write('ready\n');
