import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { credentialTest } from './operations/credentialTest';
import { loadOptions } from './operations/lists';
import { pollForEvent } from './operations/trigger/pollEvent';
import { triggerProperties, triggerSubtitle } from './parameters';
import { pollEvents } from './polling';

/** The trigger: polls, since Samespace has no webhooks. */
export class SamespaceTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Samespace Trigger',
		name: 'samespaceTrigger',
		icon: { light: 'file:samespace.svg', dark: 'file:samespace.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: triggerSubtitle(pollEvents),
		// The panel of the editor shows this line for both nodes.
		description: 'Get reports from Samespace, or start a workflow for every completed call, login, logout or CSAT answer',
		defaults: { name: 'Samespace Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'samespaceApi', required: true, testedBy: 'samespaceApiTest' }],
		properties: triggerProperties(pollEvents),
	};

	methods = { loadOptions, credentialTest };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const items = await pollForEvent(this);
		return items ? [items] : null;
	}
}
