import { servePlayground } from './docs/playground-browser.ts';

/**
 * Shows every view of every command on this machine, on both platforms and in both themes, until it is stopped.
 *
 *     npm run lab gallery
 */
const { url } = await servePlayground();
process.stdout.write(`${url}/gallery\n`);
