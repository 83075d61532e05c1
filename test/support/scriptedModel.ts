/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a model endpoint of the tests' own, on Node itself */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the agent told the model in one request, as far as a test needs it. */
export interface Asked {
	tools: Array<{ function: { name: string; description: string; parameters: unknown } }>;
	/** Results of tools so far, as the agent hands them to the model. */
	toolResults: string[];
}

/** An OpenAI-compatible chat model on loopback that plays a script: call a tool, then repeat what it said. */
export interface ScriptedModel {
	url: string;
	asked: Asked[];
	close(): Promise<void>;
}

interface ChatRequest {
	tools?: Asked['tools'];
	messages: Array<{ role: string; content: unknown }>;
}

/** Starts the model; its first answer calls this tool with these arguments. */
export async function startScriptedModel(tool: string, toolArguments: object): Promise<ScriptedModel> {
	const asked: Asked[] = [];
	const server = createServer((request, response) => {
		void bodyOf(request).then((text) => {
			const chat = JSON.parse(text || '{"messages":[]}') as ChatRequest;
			const toolResults = chat.messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
			asked.push({ tools: chat.tools ?? [], toolResults });
			const message = toolResults.length > 0 ? saying(toolResults[0]) : calling(tool, toolArguments);
			response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completion(message)));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		asked,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let text = '';
	for await (const chunk of request) text += String(chunk);
	return text;
}

function textOf(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

const saying = (content: string): object => ({ role: 'assistant', content });

const calling = (name: string, toolArguments: object): object => ({
	role: 'assistant',
	content: null,
	tool_calls: [{ id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify(toolArguments) } }],
});

function completion(message: object): object {
	return {
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}
