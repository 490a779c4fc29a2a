import type { Catalog } from '../core/catalog.ts';
import type { Examiner } from '../core/interview/examiner.ts';
import type { Clock } from '../core/time.ts';
import type { Store } from '../queries.ts';
import type { Command, Context } from './command.ts';
import type { Emit } from './event.ts';
import type { WorkOnFile } from './files.ts';
import type { PartHealth } from './health.ts';
import type { PlatformOfRequest } from './platform.ts';
import { type Request, workspaceOfOne } from './request.ts';
import { catalogOf, teamCatalog } from './team-catalog.ts';

/** What the machine is made of. */
export type BotParts = {
  commands: readonly Command[];
  store: Store;
  catalog: Catalog;
  clock: Clock;
  /** Nobody shares the machine, as in the demo: nobody can take anything from others. */
  isUnlimited?: boolean;
  /** Milliseconds of processor time so far, by which requests are charged; nobody is charged when absent. */
  meter?(): number;
  emit: Emit;
  /** A fresh id; chance comes in from outside. */
  newId(): string;
  /** Names this process among those that share the database. */
  process: string;
  facts(request: Request): PlatformOfRequest;
  wake(): void;
  /** How the parts are that a bot in use depends on; empty in a demo. */
  health(): PartHealth[];
  workOnFile: WorkOnFile;
  /** The optional model that asks and grades. */
  examiner?: Examiner;
};

/** All that a command may use in one request; whoever is new is made known. */
export async function contextOf(request: Request, parts: BotParts): Promise<Context> {
  const { store, clock, emit } = parts;
  const { person, team, stoppedAt } = await store.meet({
    account: request.account,
    name: cleanName(request.accountName),
    workspace: request.workspace,
    workspaceName: cleanName(request.workspaceName ?? request.workspace),
    newPersonId: parts.newId(),
    newTeamId: parts.newId(),
    at: clock.now(),
    ...(request.zone ? { zone: request.zone } : {}),
  });
  const catalog = await teamCatalog(parts, team);
  return {
    store,
    catalog,
    catalogOf: async (id) => (id === team.id ? catalog : catalogOf(parts, id)),
    clock,
    person,
    team,
    account: request.account,
    isAdmin: request.isAdmin,
    isElsewhere: request.isElsewhere ?? false,
    isStopped: stoppedAt !== null,
    isAlone: request.workspace === workspaceOfOne(request.account),
    place: request.place,
    locale: request.locale ?? 'en-GB',
    zone: person.zone ?? request.zone ?? team.zone,
    emit,
    platform: parts.facts(request),
    seed: parts.newId(),
    wake: parts.wake,
    health: parts.health,
    workOnFile: (work) => parts.workOnFile(work, person.id),
    ...(parts.examiner ? { examiner: parts.examiner } : {}),
    ...(request.message ? { message: request.message } : {}),
  };
}

/** Names are shown to others: one line, no invisible characters, no longer than a name is. */
function cleanName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .trim();
  return clean.length > 60 ? `${clean.slice(0, 59)}…` : clean || 'Someone';
}
