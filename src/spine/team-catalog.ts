import type { Catalog } from '../core/catalog.ts';
import { withOverlay } from '../core/questions/overlay.ts';
import type { Store } from '../queries.ts';
import type { TeamState } from '../store/queries/questions.ts';

/** Teams whose catalog is kept; the one that was used longest ago goes first. */
const MAX_KEPT = 200;

type Kept = { change: number; shipped: Catalog; catalog: Catalog };

/** A copy for each team, as long as its questions do not change; losing it costs one read. */
const kept = new WeakMap<Store, Map<string, Kept>>();

/** The catalog as a team sees it. A team that changed nothing gets the shipped one, without a read. */
export async function teamCatalog(
  { store, catalog: shipped }: { store: Store; catalog: Catalog },
  { id, overlayChange }: TeamState,
): Promise<Catalog> {
  if (overlayChange === 0) return shipped;
  const copies = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, copies);
  const copy = copies.get(id);
  copies.delete(id);
  const fresh =
    copy?.change === overlayChange && copy.shipped === shipped
      ? copy
      : {
          change: overlayChange,
          shipped,
          catalog: withOverlay(shipped, await store.overlayOf(id)),
        };
  copies.set(id, fresh);
  const [oldest] = copies.keys();
  if (copies.size > MAX_KEPT && oldest !== undefined) copies.delete(oldest);
  return fresh.catalog;
}

/** The same for work that knows a team by its id alone: one look-up by key. */
export async function catalogOf(
  parts: { store: Store; catalog: Catalog },
  teamId: string,
): Promise<Catalog> {
  const state = await parts.store.teamState(teamId);
  return state ? teamCatalog(parts, state) : parts.catalog;
}
