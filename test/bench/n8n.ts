/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- loads what n8n itself loads */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Core from 'n8n-core';
import type { INodeType, IVersionedNodeType } from 'n8n-workflow';
import type * as Workflow from 'n8n-workflow';
import type * as Execution from '../../nodes/Samespace/operations/execution.ts';
import type * as Parameters from '../../nodes/Samespace/parameters/index.ts';
import type * as Reading from '../../nodes/Samespace/reading/index.ts';
import type * as Reports from '../../nodes/Samespace/reports/index.ts';
import type { SamespaceApi } from '../../credentials/SamespaceApi.credentials.ts';

// The playground's n8n: all contenders that run in n8n run in this one.
const fromN8n = createRequire(join(process.cwd(), 'playground', 'package.json'));

/** n8n's engine. */
export const { WorkflowExecute } = fromN8n('n8n-core') as typeof Core;

/** What a workflow is made of. */
export const workflow = fromN8n('n8n-workflow') as typeof Workflow;

/** n8n's own nodes, in the version that a new workflow gets. */
export function ownNodes(): { httpRequest: INodeType; httpRequestVersion: number; splitOut: INodeType } {
	const { HttpRequest } = fromN8n('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => IVersionedNodeType;
	};
	const { SplitOut } = fromN8n('n8n-nodes-base/dist/nodes/Transform/SplitOut/SplitOut.node.js') as { SplitOut: new () => INodeType };
	const versions = new HttpRequest();
	const httpRequestVersion = versions.description.defaultVersion ?? versions.getNodeType().description.version as number;
	return { httpRequest: versions.getNodeType(httpRequestVersion), httpRequestVersion, splitOut: new SplitOut() };
}

/** This package, from the folder where it is installed. */
export function samespace(folder: string): {
	node: INodeType;
	credential: SamespaceApi;
	rooms: typeof Execution & typeof Parameters & typeof Reading & typeof Reports;
} {
	const load = createRequire(join(folder, 'package.json'));
	const room = <Room>(path: string): Room => load(`./dist/nodes/Samespace/${path}`) as Room;
	const { Samespace } = room<{ Samespace: new () => INodeType }>('Samespace.node.js');
	const { SamespaceApi: Credential } = load('./dist/credentials/SamespaceApi.credentials.js') as { SamespaceApi: new () => SamespaceApi };
	return {
		node: new Samespace(),
		credential: new Credential(),
		rooms: {
			...room<typeof Execution>('operations/execution.js'),
			...room<typeof Parameters>('parameters/index.js'),
			...room<typeof Reading>('reading/index.js'),
			...room<typeof Reports>('reports/index.js'),
		},
	};
}

/**
 * Makes expressions be evaluated as n8n does by default: in an isolate (`N8N_EXPRESSION_ENGINE` and its neighbours in
 * @n8n/config).
 */
export async function startExpressions(): Promise<void> {
	await workflow.Expression.initExpressionEngine({
		engine: 'vm',
		poolSize: 1,
		maxCodeCacheSize: 1024,
		bridgeTimeout: 5000,
		bridgeMemoryLimit: 128,
	});
}
