import type { Bot, Command, Step } from '../../../src/spine/command.ts';
import { type Reply, say, type Visibility } from '../../../src/spine/reply.ts';
import type { Request } from '../../../src/spine/request.ts';
import type { StoredDelivery } from '../../../src/store/queries/deliveries.ts';

export type StubBot = Bot & {
  requests: Request[];
  leftWorkspaces: string[];
  joinedWorkspaces: string[];
  stored: StoredDelivery[];
};

/** A machine without commands: it keeps what reaches it and answers as the test says. */
export function stubBot(
  answer: (request: Request) => Step | Promise<Step> = () => runs(say('Heard.')),
  commands: Command[] = [],
): StubBot {
  const requests: Request[] = [];
  const leftWorkspaces: string[] = [];
  const joinedWorkspaces: string[] = [];
  const stored: StoredDelivery[] = [];
  return {
    requests,
    leftWorkspaces,
    joinedWorkspaces,
    stored,
    commands,
    async prepare(request) {
      requests.push(request);
      return answer(request);
    },
    async storeDelivery(delivery) {
      stored.push(delivery);
    },
    suggest: () => Promise.resolve([]),
    named: (name) => ({ name, options: [] }),
    async left(workspace) {
      leftWorkspaces.push(workspace);
    },
    async joined(workspace) {
      joinedWorkspaces.push(workspace);
    },
    present: async () => {},
    gone: async () => {},
  };
}

/** A step that says a reply. */
export function runs(reply: Reply, visibility: Visibility = 'private'): Step {
  return { kind: 'run', visibility, run: () => Promise.resolve(reply) };
}
