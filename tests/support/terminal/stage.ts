import { createTerminal, type Terminal } from '../../../src/adapters/terminal/index.ts';
import { runLine } from '../../../src/spine/button.ts';
import type { Bot } from '../../../src/spine/command.ts';
import type { Form } from '../../../src/spine/form.ts';
import type { Adapter, Platform } from '../../../src/spine/platform.ts';
import { plain, type Reply } from '../../../src/spine/reply.ts';
import type { AdapterParts } from '../machine.ts';
import type { Actor, FormSeen, Message, Seen, Stage } from '../stage.ts';
import { words } from '../world.ts';

type Kept = { message: Message; reply: Reply };

function formSeen({ id, title, fields, problems }: Form): FormSeen {
  return {
    kind: 'form',
    id,
    title,
    fields: fields.map(({ name, label, required, choices = [], value = '' }) => ({
      name,
      label,
      required,
      choices,
      value,
    })),
    ...(problems ? { problem: problems.map(({ text }) => plain(text)).join(' ') } : {}),
  };
}

/** Plays scenarios by typing lines into the terminal adapter. */
export function createTerminalStage() {
  const kept: Kept[] = [];
  const inboxes = new Map<string, Message[]>();
  const sent: { method: string; path: string; body: unknown }[] = [];
  let terminal: Terminal;
  let lines: string[] = [];
  let last: Reply | undefined;
  let lastIsPrivate = false;
  let form: FormSeen | undefined;
  let failing: { how: 'refuse' | 'lose' | 'busy' | 'gone'; times: number } = {
    how: 'lose',
    times: 0,
  };

  const keep = (reply: Reply, at: { id: string; thread?: string; isPrivate: boolean }): Message => {
    const message: Message = {
      kind: 'message',
      id: at.id,
      channel: 'daily',
      ...(at.thread ? { thread: at.thread } : {}),
      isPrivate: at.isPrivate,
      text: words(reply),
      buttons: reply.blocks.flatMap((block) =>
        block.kind === 'buttons' ? block.buttons.map(({ label }) => label) : [],
      ),
      selects: reply.blocks.flatMap((block) =>
        block.kind === 'select'
          ? [{ label: block.label, choices: block.choices.map(({ label }) => label) }]
          : [],
      ),
      files: reply.blocks.flatMap((block) => (block.kind === 'file' ? [block.name] : [])),
      replaced: reply.update === true,
    };
    kept.push({ message, reply });
    return message;
  };

  /** The machine, watched: what it answers is what the terminal is about to print. */
  const watched = (bot: Bot): Bot => ({
    ...bot,
    prepare: async (request) => {
      const step = await bot.prepare(request);
      if (step.kind === 'form') {
        form = formSeen(step.form);
        return step;
      }
      if (step.kind !== 'run') return step;
      return {
        ...step,
        run: async () => {
          const reply = await step.run();
          // The terminal asks again where a field can put it right.
          if (reply.form?.problems?.some(({ field }) => field)) form = formSeen(reply.form);
          else last = reply;
          lastIsPrivate = step.visibility === 'private' || reply.visibility === 'private';
          return reply;
        },
      };
    },
  });

  const speakers: { account: string; name: string; isAdmin: boolean }[] = [];

  async function type(name: string, ...typed: string[]): Promise<Seen> {
    if (form) await terminal.line('cancel');
    lines = [];
    last = undefined;
    form = undefined;
    await terminal.line(`as ${name}`);
    for (const line of typed) await terminal.line(line);
    sent.push({ method: 'LINE', path: name, body: { typed, lines: [...lines] } });
    // A later closure has set these.
    const asked = form as FormSeen | undefined;
    const reply = last as Reply | undefined;
    if (reply) return keep(reply, { id: `r${kept.length}`, isPrivate: lastIsPrivate });
    if (asked) return asked;
    throw new Error(`Nothing came back for ${typed.join(' / ')}: ${lines.join('\n')}`);
  }

  function runOf(on: Message, label: string): string {
    // A terminal that is started again counts its messages from the first.
    const { reply } =
      kept.find(({ message }) => message === on) ??
      kept.findLast(({ message }) => message.id === on.id) ??
      {};
    for (const block of reply?.blocks ?? []) {
      if (block.kind === 'buttons') {
        const button = block.buttons.find((each) => each.label === label);
        if (button) return button.run;
      }
      if (block.kind === 'select' && block.label === label) return block.run;
    }
    throw new Error(`no button "${label}"; there are ${on.buttons.join(', ')}`);
  }

  function actor(name: string, { admin = false } = {}): Actor {
    if (!speakers.some((each) => each.name === name))
      speakers.push({ account: `terminal:${name}`, name, isAdmin: admin });
    return {
      command: (command, values = {}) => type(name, `/${runLine(command, values)}`),
      type: (shown) => type(name, shown),
      say: (text) => type(name, text),
      press: (on, label) => type(name, `/${runOf(on, label)}`),
      choose: (on, select, ...choices) => {
        const reply = kept.find(({ message }) => message.id === on.id)?.reply;
        const block = reply?.blocks.find((each) => each.kind === 'select' && each.label === select);
        if (block?.kind !== 'select') throw new Error(`no menu "${select}"`);
        const values = choices.map(
          (label) => block.choices.find((each) => each.label === label)?.value,
        );
        return type(name, `/${block.run} ${block.option}:${values.join(',')}`);
      },
      // The terminal asks one field after the other; the form is the one that is open.
      fill: (open, values) => {
        const answers = open.fields.map((field) => values[field.name] ?? field.value);
        lines = [];
        last = undefined;
        form = undefined;
        return (async () => {
          for (const answer of answers) await terminal.line(answer);
          const reply = last as Reply | undefined;
          const again = form as FormSeen | undefined;
          if (reply) return keep(reply, { id: `r${kept.length}`, isPrivate: lastIsPrivate });
          if (again) return again;
          throw new Error('The form led to nothing');
        })();
      },
      act: (_title, text) => type(name, text),
      inbox: async () => inboxes.get(`terminal:${name}`) ?? [],
    };
  }

  const stage: Stage = {
    platform: 'terminal',
    channel: 'daily',
    actor,
    messages: async (_channel, thread) =>
      kept
        .map(({ message }) => message)
        .filter(
          (message) =>
            !message.isPrivate && message.thread === thread && message.id.startsWith('m'),
        ),
    fail: (how, times) => {
      failing = { how, times };
    },
    sent: () => sent,
    complaints: () => [],
  };

  /** Starts a session on the machine; the speakers are whoever acts. */
  const start = async ({ bot }: AdapterParts): Promise<Adapter> => {
    terminal = createTerminal({
      bot: watched(bot),
      world: {
        workspace: 'terminal:T1',
        workspaceName: 'T1',
        channel: 'daily',
        speakers,
        zone: 'UTC',
        jump: async () => false,
        now: () => 'now',
      },
      look: { isColorful: false, zone: 'UTC', locale: 'en-GB' },
      write: (line) => void lines.push(line),
    });
    return { platform: recording(terminal.platform), stop: async () => {} };
  };

  /** The terminal's own platform, with what it printed kept as messages. */
  function recording(platform: Platform): Platform {
    return {
      ...platform,
      send: async (outgoing) => {
        if (failing.times > 0) {
          failing = { ...failing, times: failing.times - 1 };
          const problem = { code: 'missing-permission', words: 'not allowed' } as const;
          if (failing.how === 'busy')
            return { ok: false, outcome: 'busy', problem, retryAfterMs: 1000 };
          if (failing.how !== 'lose') return { ok: false, outcome: 'refused', problem };
        }
        const result = await platform.send(outgoing);
        if (!result.ok) return result;
        if (outgoing.kind === 'post')
          keep(outgoing.reply, {
            id: `m${result.message}`,
            isPrivate: false,
            ...(outgoing.thread ? { thread: outgoing.thread } : {}),
          });
        if (outgoing.kind === 'edit') {
          const found = kept.findIndex(({ message }) => message.id === `m${outgoing.message}`);
          const fresh = keep(outgoing.reply, {
            id: `m${outgoing.message}`,
            isPrivate: false,
            ...(outgoing.thread ? { thread: outgoing.thread } : {}),
          });
          kept.pop();
          if (found >= 0) kept[found] = { message: fresh, reply: outgoing.reply };
        }
        if (outgoing.kind === 'direct') {
          const message = keep(outgoing.reply, { id: `d${result.message}`, isPrivate: true });
          inboxes.set(outgoing.account, [...(inboxes.get(outgoing.account) ?? []), message]);
        }
        return result;
      },
    };
  }

  return { stage, start };
}
