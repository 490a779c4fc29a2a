import type { Context } from '../../../spine/command.ts';
import type { Reply } from '../../../spine/reply.ts';

/** The cases to choose from, and the way back to one that isn't finished. */
export async function caseList({ store, person, catalog }: Context): Promise<Reply> {
  const open = await store.openCaseOf(person.id);
  const title = catalog.cases.find(({ id }) => id === open?.caseId)?.title;
  return {
    title: 'Case interviews',
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: 'Scope, estimate, then design a system or debug an incident. The numbers are new each time, and calculators check them.',
      },
      ...(open && title
        ? [
            { kind: 'text' as const, text: `Not finished: ${title}. A new case ends it.` },
            {
              kind: 'buttons' as const,
              buttons: [
                {
                  label: 'Continue',
                  run: `mock step case:${open.id}`,
                  style: 'primary' as const,
                },
              ],
            },
          ]
        : []),
      {
        kind: 'select',
        label: 'Choose a case',
        run: 'mock step',
        option: 'start',
        choices: catalog.cases.map(({ id, title: name, kind, minutes }) => ({
          label: name,
          value: id,
          description: `${kind === 'design' ? 'Design' : 'Incident'}, ${minutes} minutes`,
        })),
      },
    ],
  };
}
