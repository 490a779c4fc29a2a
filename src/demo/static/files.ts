import { resultOf } from '../../files/outcome.ts';
import { workOn } from '../../files/work.ts';
import type { FileResults, FileWork, WorkOnFile } from '../../spine/files.ts';

/** Takes the place of the worker thread in the static demo, where nobody else would wait for a large file. */
export const createFiles =
  (): WorkOnFile =>
  async <W extends FileWork>(work: W) =>
    // Each kind of work is answered with its own kind of result.
    resultOf(await workOn(work)) as FileResults[W['kind']];
