import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { type AgentParts, callTool, TOOLS } from './tools.ts';

/** Serves agents over the standard input and output of this process, until the input ends. */
export async function serveMcp({ version, ...parts }: AgentParts & { version: string }) {
  const server = new Server({ name: 'warmup', version }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...TOOLS] }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const answer = await callTool(parts, params.name, params.arguments ?? {});
    return {
      content: [{ type: 'text' as const, text: JSON.stringify(answer) }],
      isError: 'error' in answer,
    };
  });
  const ended = new Promise<void>((resolve) => process.stdin.once('close', resolve));
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
}
