import { readdirSync, readFileSync } from 'node:fs';
import type { TextFile } from '../../src/core/questions/read-yaml.ts';
import { DATA } from '../../src/paths.ts';

/** The files of the shipped bank, in the order of their names. */
export function bankFiles(folder = `${DATA}questions`): TextFile[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({
      file: `data/questions/${name}`,
      text: readFileSync(`${folder}/${name}`, 'utf8'),
    }));
}

/** One of the fixed tables in `data/`. */
export function dataFile(name: string): TextFile {
  return { file: `data/${name}`, text: readFileSync(`${DATA}${name}`, 'utf8') };
}
