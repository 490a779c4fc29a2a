import { FILES } from './file-names.ts';
import { addFile } from './node.ts';

/** Fetches a file of the demo. @throws Error when it isn't there. */
export async function fetched(name: string): Promise<ArrayBuffer> {
  const answer = await fetch(name);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.arrayBuffer();
}

/** Fetches everything that the machine needs, and resolves with its SQLite. */
export async function fetchAll(): Promise<ArrayBuffer> {
  const [sqlite] = await Promise.all([
    fetched('sqlite.wasm'),
    ...Object.entries(FILES).map(async ([name, path]) =>
      addFile(path, new Uint8Array(await fetched(name))),
    ),
  ]);
  return sqlite;
}
