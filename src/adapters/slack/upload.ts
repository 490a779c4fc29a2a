import type { WebClient } from '@slack/web-api';
import type { Reply } from '../../spine/reply.ts';
import { fileText, isReadable } from './blocks.ts';
import { presentWhole, type SlackMessage, wholeText } from './present.ts';
import { clean, pieces } from './rich-text.ts';

/** A file that a message cannot show. */
export type SlackFile = { name: string; content: Uint8Array };

/** A reply as it is shown beside its files, as a message too, and the ids of the files, ready to be shared. */
export type Prepared = { reply: Reply; message: SlackMessage; ids: string[] };

type FileBlock = Extract<Reply['blocks'][number], { kind: 'file' }>;

/** Text files up to this length are read in the message itself. */
const SHOWN_CHARACTERS = 3000;
/** Text of a file in one of several messages: Slack takes 12,000 characters with all that is around it. */
const MESSAGE_CHARACTERS = 9000;
const TIMEOUT_MS = 10_000;
const REST: SlackFile['name'] = 'whole-text.txt';

/**
 * Hands Slack the files that a reply is too long for, without showing them to anybody yet. Where the
 * app may not upload, the reply stays as it is: cut, with a note.
 *
 * @see https://docs.slack.dev/messaging/working-with-files#uploading_files
 */
export async function prepareFiles(api: WebClient, reply: Reply): Promise<Prepared> {
  const { files, shown, message } = setApart(reply);
  if (files.length === 0) return { reply, message, ids: [] };
  try {
    const ids: string[] = [];
    for (const file of files) ids.push(await upload(api, file));
    return { reply: shown, message, ids };
  } catch {
    return { reply, message: presentWhole(reply).message, ids: [] };
  }
}

/**
 * For an app that may not upload: text files that a message has no room for, as messages that hold all
 * of them, and the reply without them.
 */
export function inMessages(reply: Reply): { reply: Reply; messages: Reply[] } {
  const messages: Reply[] = [];
  const blocks = reply.blocks.map((block) => {
    const text = block.kind === 'file' ? fileText(block) : undefined;
    if (block.kind !== 'file' || text === undefined || isShort(block) || block.isExtra)
      return block;
    const parts = pieces(clean(text), MESSAGE_CHARACTERS);
    messages.push(
      ...parts.map(
        (code, at): Reply => ({
          blocks: [
            { kind: 'text', text: [{ bold: `${block.name}, ${at + 1} of ${parts.length}` }] },
            { kind: 'code', code },
          ],
        }),
      ),
    );
    const words = `I'm sending ${block.name} as a direct message in ${parts.length} parts. To get it as a file, ask an admin to add the files:write scope.`;
    return { kind: 'note' as const, text: words };
  });
  return { reply: { ...reply, blocks }, messages };
}

/** Shows uploaded files in a conversation, or in a thread of it. */
export async function shareFiles(
  api: WebClient,
  ids: readonly string[],
  { channel, thread }: { channel: string; thread?: string | undefined },
): Promise<void> {
  const [first, ...rest] = ids.map((id) => ({ id }));
  if (!first) return;
  const where = thread ? { channel_id: channel, thread_ts: thread } : { channel_id: channel };
  await api.files.completeUploadExternal({ files: [first, ...rest], ...where });
}

/** The files of a reply that do not fit in its message, and the reply and the message without them. */
function setApart(reply: Reply): { files: SlackFile[]; shown: Reply; message: SlackMessage } {
  const files: SlackFile[] = [];
  const blocks = reply.blocks.map((block) => {
    if (block.kind !== 'file' || isShown(block)) return block;
    files.push({ name: fileName(block.name), content: bytes(block.content) });
    const words = block.alt ? `${block.alt} (${block.name})` : block.name;
    return { kind: 'note' as const, text: `${words} follows as a file.` };
  });
  const shown = { ...reply, blocks };
  const { message, isWhole } = presentWhole(shown);
  if (!isWhole) files.push({ name: REST, content: bytes(wholeText(shown)) });
  return { files, shown, message };
}

/** What is short is read in the message itself, unless the message says as much already. */
function isShown(block: FileBlock): boolean {
  return isReadable(block) && isShort(block) && !block.isExtra;
}

function isShort({ content }: FileBlock): boolean {
  return content.length <= SHOWN_CHARACTERS;
}

function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

function fileName(name: string): string {
  return clean(name).replaceAll(/[/\\]/g, '_').slice(-80) || 'file';
}

async function upload(api: WebClient, { name, content }: SlackFile): Promise<string> {
  const { upload_url: url, file_id: id } = await api.files.getUploadURLExternal({
    filename: name,
    length: content.byteLength,
  });
  if (!url || !id) throw new Error('Slack named no place for the file');
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`Slack rejected the file (${answer.status})`);
  return id;
}
