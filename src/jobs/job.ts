import type { Emit } from '../bot/event.ts';
import type { Platform } from '../bot/platform.ts';
import type { PlatformName } from '../bot/request.ts';
import type { Catalog } from '../core/catalog.ts';
import type { Clock } from '../core/time.ts';
import type { Store } from '../store/store.ts';

/** Everything that work without a request may use. */
export type JobContext = {
  store: Store;
  catalog: Catalog;
  clock: Clock;
  platforms: ReadonlyMap<PlatformName, Platform>;
  emit: Emit;
  newId(): string;
  /** Waits; a test passes one that does not. */
  pause(ms: number): Promise<void>;
};

/** One kind of row that falls due. Running it again, or twice at once, changes nothing. */
export type Job = { name: string; run(context: JobContext): Promise<void> };
