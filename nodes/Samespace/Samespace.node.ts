import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { credentialTest } from './operations/credentialTest';
import { beginExecution } from './operations/execution';
import { hintsOf } from './operations/hints';
import { inOrder } from './operations/inOrder';
import { loadOptions } from './operations/lists';
import { runItem } from './operations/runItem';
import { properties, subtitle } from './parameters';

/** The action node: the reports, and the recordings of calls. */
export class Samespace implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Samespace',
		name: 'samespace',
		icon: { light: 'file:samespace.svg', dark: 'file:samespace.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle,
		description: 'Get calls, agent sessions, productivity and customer satisfaction (CSAT) from Samespace',
		defaults: { name: 'Samespace' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'samespaceApi', required: true, testedBy: 'samespaceApiTest' }],
		properties,
	};

	methods = { loadOptions, credentialTest };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const execution = beginExecution(this);
		const items = await inOrder(
			this.getInputData().length,
			execution.limiter.usual,
			async (itemIndex) => await runItem(this, itemIndex, execution),
			() => execution.ending.abort(),
		);
		this.addExecutionHints?.(...hintsOf(execution));
		// Joining lists of a million items would block everything else.
		return [items.length === 1 ? items[0] : items.flat()];
	}
}
