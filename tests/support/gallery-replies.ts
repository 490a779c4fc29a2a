import type { Entry } from '../../lab/gallery/entry.ts';
import { GALLERY } from '../../lab/gallery/index.ts';
import { createGallery, GALLERY_DAY } from '../../lab/gallery/player.ts';
import type { ShownView } from '../../src/adapters/web/protocol.ts';
import type { OpenWorld } from '../../src/adapters/web/world.ts';
import { readCatalog } from '../../src/catalog.ts';
import { COMMANDS } from '../../src/commands.ts';
import { createPlayground } from '../../src/demo/playground.ts';
import type { Bot, Command } from '../../src/spine/command.ts';
import type { Form } from '../../src/spine/form.ts';
import type { Platform } from '../../src/spine/platform.ts';
import type { Reply } from '../../src/spine/reply.ts';

/** All that is said while the gallery is played, by the view in which it is said. */
export type GallerySays = { view: string; replies: Reply[]; forms: Form[] };

/** What came of playing every view. */
export type PlayedGallery = {
  said: GallerySays[];
  views: Map<Entry, ShownView>;
  /** Why a view could not be played to its end. */
  stopped: string[];
  /** Inputs with which each command ran. */
  ran: Map<string, Record<string, unknown>[]>;
};

let played: Promise<PlayedGallery> | undefined;

/** Every view, played once for all who ask; it takes long. */
export const playedGallery = (): Promise<PlayedGallery> => {
  played ??= playGallery();
  return played;
};

/** Plays every view and keeps each reply, message and form on the way to it, before any platform shows it. */
async function playGallery(): Promise<PlayedGallery> {
  const { catalog } = readCatalog();
  const all: PlayedGallery = { said: [], views: new Map(), stopped: [], ran: new Map() };
  const commands = watched(all.ran);
  const world = { catalog, start: GALLERY_DAY, zone: 'UTC', locale: 'en-GB', commands };
  const open = createPlayground(world);
  for (const entry of GALLERY) {
    const says: GallerySays = { view: entry.id, replies: [], forms: [] };
    const gallery = createGallery({
      open: listening(open, says),
      draw: async () => undefined,
      entries: [entry],
    });
    try {
      const view = await gallery.view(entry.id);
      if (view) all.views.set(entry, view);
    } catch (error) {
      all.stopped.push(`${entry.id}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await gallery.stop();
    all.said.push(says);
  }
  return all;
}

/** The commands of the bot, which note every input. */
const watched = (ran: PlayedGallery['ran']) =>
  COMMANDS.map(
    (command): Command => ({
      ...command,
      run(input, context) {
        ran.set(command.name, [...(ran.get(command.name) ?? []), input as Record<string, unknown>]);
        return command.run(input, context);
      },
    }),
  );

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
