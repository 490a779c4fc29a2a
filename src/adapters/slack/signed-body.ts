import type { IncomingMessage, RequestListener } from 'node:http';
import { HTTPModuleFunctions } from '@slack/bolt';

/** Slack's own payloads are a few kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Lets only signed requests with an object for a body reach Bolt, which ends the process on `null` and
 * leaves every other value without an answer. Bolt goes on with the body that was read here.
 */
export function onlySignedObjects(signingSecret: string, listen: RequestListener): RequestListener {
  return async (request, response) => {
    const refusal = await refusalOf(request, signingSecret);
    if (refusal === undefined) listen(request, response);
    else response.writeHead(refusal).end();
  };
}

/** The status that refuses a request; undefined for a good one. */
async function refusalOf(
  request: IncomingMessage,
  signingSecret: string,
): Promise<number | undefined> {
  const { parseAndVerifyHTTPRequest, parseHTTPRequestBody, isRawBodyError } = HTTPModuleFunctions;
  try {
    const options = { enabled: true, signingSecret, bodyLimit: MAX_BYTES };
    const verified = await parseAndVerifyHTTPRequest(options, request);
    return isObject(parsed(() => parseHTTPRequestBody(verified))) ? undefined : 400;
  } catch (error) {
    return isRawBodyError(error) && error.statusCode === 413 ? 413 : 401;
  }
}

function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
