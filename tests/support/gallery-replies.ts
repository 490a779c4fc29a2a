import { GALLERY } from '../../src/adapters/web/gallery/index.ts';
import { createGallery, GALLERY_DAY } from '../../src/adapters/web/gallery/player.ts';
import { refusalText } from '../../src/adapters/web/stage-gestures.ts';
import type { OpenWorld } from '../../src/adapters/web/world.ts';
import type { Bot } from '../../src/bot/command.ts';
import type { Form } from '../../src/bot/form.ts';
import type { Platform } from '../../src/bot/platform.ts';
import { type Reply, say } from '../../src/bot/reply.ts';
import { readCatalog } from '../../src/catalog.ts';
import { createPlayground } from '../../src/demo/playground.ts';

/** All that is said while the gallery is played, by the view in which it is said. */
export type GallerySays = { view: string; replies: Reply[]; forms: Form[] };

/** How a step begins that shows a refusal which no play can provoke. */
const REFUSAL = 'says ';

/** Plays every view and keeps each reply, message and form on the way to it, before any platform shows it. */
export async function playGallery(): Promise<GallerySays[]> {
  const { catalog } = readCatalog();
  const open = createPlayground({ catalog, start: GALLERY_DAY, zone: 'UTC', locale: 'en-GB' });
  const said: GallerySays[] = [];
  for (const entry of GALLERY) {
    const says: GallerySays = { view: entry.id, replies: [], forms: [] };
    const gallery = createGallery({
      open: listening(open, says),
      draw: async () => undefined,
      entries: [entry],
    });
    await gallery.view(entry.id);
    await gallery.stop();
    const refusals = entry.steps.filter((step) => step.startsWith(REFUSAL));
    says.replies.push(...refusals.map((step) => say(refusalText(step.slice(REFUSAL.length)))));
    said.push(says);
  }
  return said;
}

/** Worlds whose bot and platform are listened to. */
function listening(open: OpenWorld, says: GallerySays): OpenWorld {
  const heard = (reply: Reply) => {
    says.replies.push(reply);
    return reply;
  };
  const platformOf = (platform: Platform): Platform => ({
    ...platform,
    send: (outgoing) => {
      if ('reply' in outgoing) heard(outgoing.reply);
      return platform.send(outgoing);
    },
  });
  const botOf = (bot: Bot): Bot => ({
    ...bot,
    prepare: async (request) => {
      const step = await bot.prepare(request);
      if (step.kind === 'form') says.forms.push(step.form);
      return step.kind === 'run' ? { ...step, run: async () => heard(await step.run()) } : step;
    },
  });
  return (parts) => {
    const world = open({ ...parts, platform: platformOf(parts.platform) });
    return { ...world, bot: botOf(world.bot) };
  };
}
