import type { DiscordMessage } from '../discord/card.ts';
import { LIMITS } from './limits.ts';
import type { Change, ShownMessage, ShownPlace } from './protocol.ts';

type File = DiscordMessage['files'][number];

/** The address under which the page finds a file that has this id. */
export type FileAt = (id: string, file: File) => string;

/** What stands where, as a chat platform would keep it, and who is told of every change. */
export function createRecord(fileAt: FileAt = (id) => `/files/${id}`) {
  const places = new Map<string, ShownPlace>();
  const messages = new Map<string, ShownMessage>();
  const files = new Map<string, File>();
  const happened: string[] = [];
  const listeners = new Set<(change: Change) => void>();
  let ids = 0;
  let isQuiet = false;

  const tell = (change: Change) => {
    if (isQuiet) return;
    for (const listener of listeners) listener(change);
  };

  return {
    tell,
    /** Tells nobody what changes during the work; whoever asks for it tells the outcome. */
    async quietly(work: () => Promise<void>): Promise<void> {
      isQuiet = true;
      try {
        await work();
      } finally {
        isQuiet = false;
      }
    },
    /** Listens until the returned function is called. */
    listen(listener: (change: Change) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    newId: (): string => {
      ids += 1;
      return String(ids);
    },
    addPlace(place: ShownPlace): void {
      places.set(place.id, place);
      tell({ kind: 'place', place });
    },
    place: (id: string) => places.get(id),
    places: () => [...places.values()],
    /** Adds a message, or takes the place of the one with the same id. */
    put(message: ShownMessage): void {
      messages.set(message.id, message);
      tell({ kind: 'message', message });
    },
    message: (id: string) => messages.get(id),
    messages: () => [...messages.values()],
    /** Keeps a file and returns its address. */
    keep(file: File): string {
      ids += 1;
      files.set(String(ids), file);
      return fileAt(String(ids), file);
    },
    file: (id: string) => files.get(id),
    /** Notes in a line what the machine did. */
    note(line: string): void {
      happened.push(line);
      if (happened.length > LIMITS.happened) happened.shift();
      tell({ kind: 'happened', line });
    },
    happened: () => [...happened],
    /** Forgets everything; listeners stay, and ids go on so that none comes twice. */
    clear(): void {
      places.clear();
      messages.clear();
      files.clear();
      happened.length = 0;
    },
  };
}

/** What the page keeps. */
export type PageRecord = ReturnType<typeof createRecord>;
