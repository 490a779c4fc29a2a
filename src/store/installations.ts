import type { Clock } from '../core/time.ts';
import type { Store } from '../queries.ts';
import type { Installations } from '../spine/platform.ts';
import { DatabaseError } from './database-error.ts';
import { type SealingKeys, seal, unseal } from './sealing.ts';

/**
 * Installations whose tokens are encrypted before the database sees them. What an older key encrypted is encrypted with
 * the newest first, so that the older one is not needed any more.
 *
 * @throws DatabaseError in words for the operator when no key opens what is stored.
 */
export async function openInstallations(
  store: Store,
  { keys, clock, newId }: { keys: SealingKeys; clock: Clock; newId(): string },
): Promise<Installations> {
  for (const { id, text, isOld } of await openAll(store, keys))
    if (isOld)
      await store.keepInstallation({
        id,
        sealed: seal(text, id, keys),
        isNew: false,
        at: clock.now(),
      });
  return {
    async find(id) {
      const row = await store.installation(id);
      if (!row) return undefined;
      const { organization, installedAt } = row;
      const text = row.sealed === null ? undefined : unseal(row.sealed, id, keys)?.text;
      return { organization, installedAt, data: text === undefined ? undefined : JSON.parse(text) };
    },
    keep: (id, data, { isNew }) =>
      store.keepInstallation({
        id,
        sealed: seal(JSON.stringify(data), id, keys),
        isNew,
        at: clock.now(),
      }),
    link: (id, organization) => store.linkInstallation(id, organization, clock.now()),
    unlink: (id) => store.unlinkInstallation(id),
    all: async () => (await store.sealedInstallations()).map(({ id }) => id),
    reachedBy: (id) => store.reachedBy(id),
    drop: (id) => store.dropTokens(id),
    async isFirstUse(state) {
      const taking = { id: `install:${state}`, by: newId(), at: clock.now() };
      const taken = await store.takeDelivery(taking);
      if (taken !== 'ours') return false;
      await store.finishDelivery(taking);
      return true;
    },
  };
}

/**
 * Opens everything that is encrypted.
 *
 * @throws DatabaseError in words for the operator when no key opens it.
 */
export async function openAll(store: Store, keys: SealingKeys) {
  return (await store.sealedInstallations()).map(({ id, sealed }) => {
    const opened = unseal(sealed, id, keys);
    if (!opened) throw new DatabaseError(WRONG_KEY);
    return { id, ...opened };
  });
}

const WRONG_KEY =
  "SLACK_INSTALLATION_KEY doesn't open the Slack tokens in the database. Set it to the key they were encrypted with. If you replaced it, put the old one into SLACK_INSTALLATION_KEY_OLD.";
