import { buttonId } from '../../bot/button.ts';
import type { Bot, Step } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import type { Field, Form } from '../../bot/form.ts';
import type { Platform, Sent } from '../../bot/platform.ts';
import type { Reply } from '../../bot/reply.ts';
import type { Request, Said, Values } from '../../bot/request.ts';
import { findCommand } from '../../bot/text.ts';
import { attachmentAt, takeFile } from './files.ts';
import { type Choice, present } from './present.ts';
import type { Look } from './text.ts';

/** Who can speak in the terminal. */
export type Speaker = { account: string; name: string; isAdmin: boolean };

/** What the terminal may do to the world around it: the demo team's clock and people. */
export type World = {
  workspace: string;
  workspaceName: string;
  channel: string;
  speakers: readonly Speaker[];
  zone: string;
  /** Lets the time come that these words name; false when they name none. */
  jump(words: string): Promise<boolean>;
  /** The present moment in words. */
  now(): string;
};

export type TerminalOptions = {
  bot: Bot;
  world: World;
  look: Look;
  write(line: string): void;
};

const HELP = [
  'Type a command, a number in brackets or its label. Also here:',
  '  as NAME               speak as somebody else',
  '  jump tomorrow 09:00   move the clock (also: jump 2h, jump 09:00)',
  '  quit                  leave',
];

/** More words than a command has, such as an answer that begins with "LoRA" or "Cost". */
const PROSE_WORDS = 8;

function isProse(line: string): boolean {
  const words = line.trim().split(/\s+/);
  return words.length >= PROSE_WORDS && !words.some((word) => /^[\w-]+[:=]\S/.test(word));
}

/** A line holds no line breaks, so a large field reads them as they are written elsewhere. */
function typedValue({ kind }: Field, line: string): string {
  return kind === 'paragraph' ? line.replaceAll('\\n', '\n') : line;
}

/** Such as `1.69`, `2,97 GB` or `FEDCBA`. */
function isShortAnswer(line: string): boolean {
  return /^([-+−]?\d[\d.,\s]*\D{0,12}|[A-H]{2,8})$/i.test(line);
}

/** A session that is fed line by line; the same for a person, a pipe and a test. */
export function createTerminal({ bot, world, look, write }: TerminalOptions) {
  let speaker: Speaker = world.speakers[0] ?? {
    account: 'terminal:you',
    name: 'You',
    isAdmin: true,
  };
  let choices: Choice[] = [];
  let asking: { form: Form; fields: Field[]; values: Values; from: string } | undefined;
  let messages = 0;

  const show = (reply: Reply, head?: string) => {
    const shown = present(reply, look);
    if (head) write(head);
    for (const line of shown.lines) write(line);
    write('');
    if (shown.choices.length > 0) choices = shown.choices;
  };

  const request = (said: Said): Request => ({
    platform: 'terminal',
    workspace: world.workspace,
    workspaceName: world.workspaceName,
    account: speaker.account,
    accountName: speaker.name,
    isAdmin: speaker.isAdmin,
    place: { channel: world.channel, kind: 'channel' },
    locale: look.locale,
    zone: world.zone,
    said,
  });

  async function take(said: Said): Promise<void> {
    const step = await bot.prepare(request(said));
    await follow(step);
  }

  /** Words that name no command, and whole sentences, may be meant for an open conversation. */
  async function hear(line: string): Promise<void> {
    if (isProse(line) || 'unknown' in findCommand(bot.commands, line)) {
      const step = await bot.prepare(request({ kind: 'words', text: line }));
      if (step.kind !== 'nothing') return follow(step);
      const filled = isShortAnswer(line) ? await filledIn(line) : undefined;
      if (filled) return take(filled);
    }
    await take({ kind: 'text', ...takeFile(line, bot.commands) });
  }

  /** A number or an order, typed without opening the form of the first button. */
  async function filledIn(line: string): Promise<Said | undefined> {
    const [first] = choices;
    if (first?.kind !== 'press') return undefined;
    const step = await bot.prepare(request({ kind: 'button', id: buttonId(first.run).id }));
    if (step.kind !== 'form' || step.form.fields.length !== 1) return undefined;
    const name = step.form.fields[0]?.name;
    return name ? { kind: 'form', id: step.form.id, values: { [name]: line } } : undefined;
  }

  async function follow(step: Step): Promise<void> {
    if (step.kind === 'nothing') return;
    if (step.kind === 'form') {
      begin(step.form);
      return;
    }
    const reply = await step.run();
    const isPrivate = step.visibility === 'private' || reply.visibility === 'private';
    show(reply, isPrivate ? onlyWords(speaker.name) : `#${world.channel}`);
  }

  function begin(form: Form): void {
    if (form.problem) write(form.problem);
    else write(form.title);
    asking = { form, fields: [...form.fields], values: {}, from: form.id };
    ask();
  }

  function ask(): void {
    const field = asking?.fields[0];
    if (!field) return;
    const choice = field.choices
      ? ` (${field.choices.join(', ')})`
      : field.hint
        ? ` (${field.hint})`
        : '';
    const standard = field.value
      ? ` [${field.value}]`
      : field.required
        ? ''
        : ' [empty to leave out]';
    const shown = standard.replaceAll('\n', '\\n');
    const lines = field.kind === 'paragraph' ? ' (\\n begins a new line)' : '';
    write(`${field.label}${choice}${lines}${shown}:`);
  }

  async function fillIn(line: string): Promise<void> {
    if (!asking) return;
    if (/^(cancel|quit)$/i.test(line.trim())) {
      asking = undefined;
      write('Cancelled; nothing was changed.');
      return;
    }
    const field = asking.fields.shift();
    if (field) {
      const value = line.trim() === '' ? field.value : typedValue(field, line.trim());
      if (value === undefined && field.required) {
        asking.fields.unshift(field);
        write('This one is needed; type cancel to leave.');
      } else if (value === undefined || field.kind !== 'file') asking.values[field.name] = value;
      else asking.values[field.name] = attachmentAt(value);
    }
    if (asking.fields.length > 0) {
      ask();
      return;
    }
    const { from, values } = asking;
    asking = undefined;
    await take({ kind: 'form', id: from, values });
  }

  /** A number, a label or, for a list, letters and words. */
  function chosen(line: string): Said | undefined {
    const number = /^\[?(\d{1,2})\]?$/.exec(line);
    const wanted = line.toLowerCase();
    const byNumber = number ? choices[Number(number[1]) - 1] : undefined;
    const press =
      byNumber ??
      choices.find((choice) => choice.label.toLowerCase() === wanted) ??
      (wanted.length > 2
        ? choices.find((choice) => choice.label.toLowerCase().startsWith(wanted))
        : undefined);
    if (press?.kind === 'press') return { kind: 'button', id: buttonId(press.run).id };
    const list = choices.find((choice) => choice.kind === 'select');
    if (list?.kind !== 'select') return undefined;
    const values = line
      .split(/[\s,]+/)
      .filter(Boolean)
      .map((word) => list.values[list.letters.indexOf(word.toUpperCase())]);
    if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
    return {
      kind: 'button',
      id: buttonId(list.run).id,
      values: { [list.option]: values.join(',') },
    };
  }

  const platform: Platform = {
    name: 'terminal',
    resendSafeForMs: Number.POSITIVE_INFINITY,
    async send(outgoing): Promise<Sent> {
      messages += 1;
      const message = String(messages);
      switch (outgoing.kind) {
        case 'post':
          show(
            outgoing.reply,
            outgoing.thread ? `#${outgoing.channel} > thread` : `#${outgoing.channel}`,
          );
          return { ok: true, channel: outgoing.channel, message };
        case 'edit':
          // What was printed stays. An edit in a thread brings news; another is said in one line.
          if (outgoing.thread) show(outgoing.reply, `#${outgoing.channel} > thread, updated`);
          else write(`#${outgoing.channel}: "${outgoing.reply.title ?? 'a message'}" was updated`);
          return { ok: true, channel: outgoing.channel, message: outgoing.message };
        case 'direct': {
          const to = world.speakers.find(({ account }) => account === outgoing.account);
          show(outgoing.reply, `(to ${to?.name ?? outgoing.account}, privately)`);
          return { ok: true, channel: outgoing.account, message };
        }
        default:
          return { ok: true, channel: outgoing.channel, message: `thread-${message}` };
      }
    },
    check: async () => [],
  };

  return {
    platform,
    /** Says hello to a person; a pipe is not greeted. */
    welcome(): void {
      write(
        `You are ${speaker.name}, in #${world.channel} of ${world.workspaceName}. It is ${world.now()}.`,
      );
      for (const line of HELP) write(line);
      write('');
    },
    /** Takes one line; false when the session is over. */
    async line(typed: string): Promise<boolean> {
      try {
        return await takeLine(typed);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        write(error.message);
        return true;
      }
    },
    /** Runs one line and writes its answer as one JSON object; false when it is an error. */
    async json(line: string): Promise<boolean> {
      const data = await answerAsData(line);
      write(JSON.stringify(data));
      return !('error' in data);
    },
  };

  async function answerAsData(line: string): Promise<object> {
    try {
      const said: Said = { kind: 'text', ...takeFile(line, bot.commands) };
      const step = await bot.prepare(request(said));
      if (step.kind === 'nothing') return { error: 'Nothing came back.' };
      if (step.kind === 'form') return { error: missing(step.form) };
      const reply = await step.run();
      if (typeof reply.data === 'object' && reply.data !== null) return reply.data;
      return { title: reply.title ?? null, text: present(reply, look).lines.join('\n') };
    } catch (error) {
      if (error instanceof UserError) return { error: error.message };
      throw error;
    }
  }

  async function takeLine(typed: string): Promise<boolean> {
    const line = typed.trim();
    if (asking) {
      await fillIn(typed);
      return true;
    }
    if (line === '') return true;
    if (/^(quit|exit)$/i.test(line)) return false;
    if (isProse(line)) {
      await hear(line);
      return true;
    }
    const as = /^as\s+(.+)$/i.exec(line);
    if (as) {
      changeSpeaker(as[1] ?? '');
      return true;
    }
    const jump = /^jump(?:\s+to)?\s+(.+)$/i.exec(line);
    if (jump) {
      const moved = await world.jump(jump[1] ?? '');
      write(
        moved
          ? `It is now ${world.now()}.`
          : 'I cannot jump there. Try: jump tomorrow 09:00, jump 2h, jump 17:30',
      );
      return true;
    }
    const said = chosen(line);
    if (said) await take(said);
    else await hear(line);
    return true;
  }

  function changeSpeaker(name: string): void {
    const wanted = name.trim().toLowerCase();
    const found = world.speakers.find((each) => each.name.toLowerCase().startsWith(wanted));
    if (!found) {
      write(
        `Nobody is called "${name}". You can be: ${world.speakers.map((each) => each.name).join(', ')}`,
      );
      return;
    }
    speaker = found;
    choices = [];
    write(`You are ${speaker.name} now.`);
  }
}

const onlyWords = (name: string) =>
  name === 'You' ? '(only you see this)' : `(only ${name} sees this)`;

function missing({ problem, fields }: Form): string {
  const names = fields.map(({ label }) => label).join(', ');
  return problem ?? `Still to be told: ${names}.`;
}

export type Terminal = ReturnType<typeof createTerminal>;
