import { parseArgs } from 'node:util';
import { createLink, slackManifest } from '../adapters/slack/manifest.ts';
import { COMMANDS } from '../commands.ts';

/**
 * Prints the app manifest for Slack.
 *
 *     npm run --silent slack:manifest -- [--http https://warmup.example] [--typed-answers] [--files] [--many]
 */
function main() {
  const { values } = parseArgs({
    options: {
      http: { type: 'string' },
      'typed-answers': { type: 'boolean' },
      files: { type: 'boolean' },
      many: { type: 'boolean' },
    },
  });
  if (values.http !== undefined && !isHttps(values.http)) {
    process.stderr.write(
      '--http needs an address that Slack can reach, like https://warmup.example\n',
    );
    process.exitCode = 1;
    return;
  }
  if (values.many && values.http === undefined) {
    process.stderr.write(
      '--many needs --http: workspaces install the app on a page of yours, like https://warmup.example\n',
    );
    process.exitCode = 1;
    return;
  }
  const manifest = slackManifest(COMMANDS, {
    url: values.http,
    typedAnswers: values['typed-answers'],
    files: values.files,
    isForMany: values.many,
  });
  process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
  process.stderr.write(`\nTo create the app, open ${createLink(manifest)}\n`);
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}

main();
