import type { Store } from '../store/store.ts';
import type { PlatformName } from './request.ts';

/** The part of an outbox row that has it sent as soon as possible. */
export function dueNow(at: Date) {
  return { state: 'due', dueAt: at, at } as const;
}

/** The account to which a direct message on a platform goes; undefined when a person has none there. */
export async function accountOn(
  platform: PlatformName,
  personId: string,
  store: Pick<Store, 'accountsOf'>,
): Promise<string | undefined> {
  const accounts = await store.accountsOf(personId);
  return accounts.find(({ id }) => id.startsWith(`${platform}:`))?.id;
}
