// A discord.js client with the framework's defaults, which answers everything with a short card.
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';

const [url, token] = process.argv.slice(2);
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: url } });
const answer = {
  components: [{ type: 10, content: 'Heard.' }],
  flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral,
};
client.on(Events.InteractionCreate, (interaction) => interaction.reply(answer));
client.on(Events.ClientReady, () => process.stdout.write('ready\n'));
await client.login(token);
