import type { Draw } from '../../src/adapters/web/present.ts';
import type { ShownView } from '../../src/adapters/web/protocol.ts';
import type { Gallery } from '../../src/adapters/web/server.ts';
import { createSession, type Session } from '../../src/adapters/web/session.ts';
import { createStage } from '../../src/adapters/web/stage.ts';
import type { OpenWorld } from '../../src/adapters/web/world.ts';
import type { Entry } from './entry.ts';
import { GALLERY } from './index.ts';

/** A day on which nothing special happens, so that pictures stay the same. */
export const GALLERY_DAY = new Date('2026-11-26T09:00:00Z');

type Played = { session: Session; view: ShownView };

/** Plays the entries of the gallery, each once and in a world of its own. */
export function createGallery({
  open,
  draw,
  entries = GALLERY,
}: {
  open: OpenWorld;
  draw: Draw;
  entries?: readonly Entry[];
}): Gallery {
  const played = new Map<string, Promise<Played>>();

  function play(entry: Entry): Promise<Played> {
    const known = played.get(entry.id);
    if (known) return known;
    const playing = playEntry(entry, open, draw);
    played.set(entry.id, playing);
    return playing;
  }

  return {
    list: entries.map(({ id, title, command }) => ({ id, title, command })),
    async view(id: string): Promise<ShownView | undefined> {
      const entry = entries.find((each) => each.id === id);
      return entry && (await play(entry)).view;
    },
    async file(view: string, id: string) {
      return (await played.get(view))?.session.file(id);
    },
    async stop(): Promise<void> {
      await Promise.allSettled(played.values());
    },
  };
}

async function playEntry(entry: Entry, open: OpenWorld, draw: Draw): Promise<Played> {
  const { id, title, command, steps, setting } = entry;
  const session = await createSession({
    open,
    draw,
    at: GALLERY_DAY,
    fileAt: (file) => `/gallery/${id}/files/${file}`,
    // Most views need no more than yesterday, and a past takes time to live through.
    setting: { days: 1, ...setting },
  });
  try {
    const seen = await createStage(session).play(steps);
    return { session, view: { id, title, command, ...seen } };
  } finally {
    // What was seen is kept; the database is not.
    await session.stop();
  }
}
