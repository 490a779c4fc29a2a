import type * as served from '../../adapters/web/page/talk.ts';
import type { Change } from '../../adapters/web/protocol.ts';
import { fetchAll, fetched } from './fetching.ts';

/** Takes the place of asking a server in the static demo: the machine runs in this page. */

/** What the page says when the machine fails. */
export const GONE = 'The demo could not be loaded. Reload the page to try again.';

/** Today's question as the build left it, which is shown while the machine is loading. */
const begun = fetched('begin.json');
const machine = begun.then(async () => {
  const sqlite = fetchAll();
  const { startMachine } = await import('./machine.ts');
  return startMachine(sqlite);
});

export const listen: typeof served.listen = async ({ take, tell, ready }) => {
  try {
    ready('Loading the demo team…');
    // The build and this page are made from one definition of a change.
    take(JSON.parse(new TextDecoder().decode(await begun)) as Change);
    (await machine).listen(take);
    const isKept = await keepForOffline().catch(() => false);
    ready(`${isKept ? 'Ready offline. ' : ''}Nothing you do here is sent anywhere.`);
  } catch (error) {
    ready('');
    tell(GONE);
    throw error;
  }
};

/** True once another visit needs no network. */
async function keepForOffline(): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  await navigator.serviceWorker.register('offline.js');
  await navigator.serviceWorker.ready;
  return true;
}

export const say: typeof served.say = async (actor, gesture) =>
  (await (await machine).say({ delivery: crypto.randomUUID(), ...actor, gesture })) ?? {
    kind: 'nothing',
  };
export const suggest: typeof served.suggest = async (asked) => (await machine).suggest(asked);
export const jump: typeof served.jump = async (words) => (await machine).jump(words);
export const setFault: typeof served.setFault = async (fault, isOn) =>
  (await machine).setFault(fault, isOn);
export const reset: typeof served.reset = async () => (await machine).reset();
