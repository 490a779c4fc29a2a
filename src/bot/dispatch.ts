import { type Asked, addParseProblems, askedBy, keptInForm, simple } from './asked.ts';
import { buttonId, runLine } from './button.ts';
import type { Bot, Context, Step } from './command.ts';
import { type BotParts, contextOf } from './context.ts';
import { UserError } from './errors.ts';
import { formFields } from './form.ts';
import { inShort, inWords } from './problem-words.ts';
import { createQuota } from './quota.ts';
import { type Block, type Reply, say } from './reply.ts';
import type { Request } from './request.ts';
import { suggestions } from './suggest.ts';
import { teamCatalog } from './team-catalog.ts';

/** Every request of every platform goes through here: parse, check, run, and errors into words. */
export function createBot(parts: BotParts): Bot {
  const { commands, store, clock, emit } = parts;
  const quota = createQuota(clock);
  const listed = commands.filter(({ hidden }) => !hidden).map(({ name }) => name);

  /** The form that asks for what is missing; undefined when nothing is. */
  async function formFor(asked: Asked, context: Context): Promise<Step | undefined> {
    const { command, values, problems, fromForm } = asked;
    const missing = command.options.some(
      (each) => each.required && values[each.name] === undefined,
    );
    const empty = command.formWhenEmpty === true && Object.keys(values).length === 0;
    if (!(missing || empty || (fromForm && problems.length > 0))) return undefined;
    // Out of a form, a wrong value is told in words before anything is asked.
    if (!fromForm && problems.length > 0) return undefined;
    const kept = keptInForm(asked);
    const stored = fromForm ? {} : ((await command.prefill?.(values, context)) ?? {});
    const fields = formFields(command, kept, { ...stored, ...values });
    const id = await savedId(runLine(command.name, simple(kept)));
    const [problem] = problems;
    return {
      kind: 'form',
      form: {
        id,
        title: command.summary.length <= 24 ? command.summary : titleOf(command.name),
        submit: 'Send',
        fields,
        ...(problem ? { problem: inShort(command, problem) } : {}),
      },
    };
  }

  async function savedId(run: string): Promise<string> {
    const { id, stored } = buttonId(run);
    if (stored) await store.saveCommand(stored.hash, stored.run);
    return id;
  }

  /** Buttons that are too long for a platform are stored, and run by their hash. */
  async function storeLongButtons(reply: Reply): Promise<Reply> {
    for (const run of runsOf(reply.blocks)) {
      const { stored } = buttonId(run);
      if (stored) await store.saveCommand(stored.hash, stored.run);
    }
    return reply;
  }

  async function runChecked(asked: Asked, context: Context, request: Request): Promise<Reply> {
    const { command, values, problems } = asked;
    const [problem] = problems;
    if (problem) throw new UserError(inWords(command, problem));
    const parsed = command.parse(values);
    if (!parsed.ok) {
      throw new UserError(parsed.problems.map((each) => inWords(command, each)).join('\n'));
    }
    if (command.accessFor(parsed.input) === 'admin' && !request.isAdmin) {
      throw new UserError(
        `Only those who manage this ${request.platform === 'discord' ? 'server' : 'workspace'} may use "${command.name}" like this. Ask one of them.`,
      );
    }
    const kind = command.heavy ? 'heavy' : 'normal';
    const waitMs = parts.isUnlimited ? 0 : quota.take(context.person.id, kind);
    if (waitMs > 0) {
      throw new UserError(
        `That was a lot at once. Try again in ${Math.ceil(waitMs / 1000)} seconds.`,
      );
    }
    return storeLongButtons(await command.run(parsed.input, context));
  }

  function failure(error: unknown, where: string): Reply {
    if (error instanceof UserError) return refusal(error.message);
    const reference = parts.newId().slice(0, 6);
    emit({ kind: 'failed', where, reference, error });
    const busy =
      error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
    return refusal(
      busy
        ? `The database is busy and nothing was changed. Try again in a moment. (Reference ${reference})`
        : `Something went wrong on my side, and nothing was changed. Try again; if it stays, tell whoever runs me the reference ${reference}.`,
    );
  }

  async function prepare(request: Request): Promise<Step> {
    const began = clock.now().getTime();
    let name = request.said.kind;
    const done = (outcome: 'replied' | 'form' | 'refused' | 'failed' | 'repeated') =>
      emit({
        kind: 'command',
        command: name,
        platform: request.platform,
        outcome,
        ms: clock.now().getTime() - began,
      });
    const refuse = (error: unknown): Step => {
      const reply = failure(error, name);
      done(error instanceof UserError ? 'refused' : 'failed');
      return { kind: 'run', visibility: 'private', run: async () => reply };
    };
    try {
      const context = await contextOf(request, parts);
      const asked = await askedBy(request, context, parts);
      if (!asked) return { kind: 'nothing' };
      name = asked.command.name as typeof name;
      if (asked.fromForm) addParseProblems(asked);
      const form = await formFor(asked, context);
      if (form) {
        done('form');
        return form;
      }
      const { delivery } = request;
      if (delivery) {
        const ours = await store.takeDelivery({ id: delivery, by: parts.process, at: clock.now() });
        if (!ours) {
          done('repeated');
          return { kind: 'nothing' };
        }
      }
      return {
        kind: 'run',
        visibility: asked.command.visibility,
        run: async () => {
          let reply: Reply;
          try {
            reply = await runChecked(asked, context, request);
            done('replied');
          } catch (error) {
            reply = failure(error, name);
            done(error instanceof UserError ? 'refused' : 'failed');
          }
          if (delivery) await store.finishDelivery(delivery);
          return reply;
        },
      };
    } catch (error) {
      return refuse(error);
    }
  }

  return {
    commands,
    prepare,
    suggest: async (request, commandName, optionName, typed) => {
      const option = commands
        .find((command) => command.name === commandName)
        ?.options.find((each) => each.name === optionName);
      if (!option?.suggests) return [];
      const team = await store.teamStateOf(request.workspace);
      const catalog = team ? await teamCatalog(parts, team) : parts.catalog;
      return suggestions(option.suggests, typed, { ...catalog, commands: listed });
    },
    left: (workspace) => store.leaveWorkspace(workspace, clock.now()),
  };
}

/** Errors are private, and told as data too. */
function refusal(error: string): Reply {
  return { ...say(error), visibility: 'private', data: { error } };
}

function titleOf(name: string): string {
  return (name.charAt(0).toUpperCase() + name.slice(1)).slice(0, 24);
}

function runsOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons.map((button) => button.run);
    if (block.kind === 'select') return [block.run];
    return [];
  });
}
