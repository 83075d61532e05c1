import type { AxiosInstance } from 'axios';
import type { INode } from 'n8n-workflow';

import { credentialReference, type WorkflowFile } from '../../playground/workflows.ts';
import { startSimulator, type Simulator } from '../simulator/index.ts';
import { clusterOf, freshInstance, type FreshInstance } from '../support/instance.ts';
import { signIn } from '../support/rest.ts';
import { runSaved, saveAll } from '../support/restRuns.ts';
import { startScriptedModel, type ScriptedModel } from '../support/scriptedModel.ts';

const range = { startTime: '2026-03-02T00:00:00.000Z', endTime: '2026-03-09T00:00:00.000Z' };

let simulator: Simulator;
let model: ScriptedModel;
let instance: FreshInstance;
let rest: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ now: '2026-03-20T12:00:00Z', days: 60, callsPerDay: 60 });
	model = await startScriptedModel(range);
	instance = await freshInstance({ timezone: 'UTC' }, simulator);
	await instance.start();
	rest = await signIn(instance.url);
	await saveAll(rest, clusterOf(simulator), [agentWorkflow()], { name: 'Scripted model', type: 'openAiApi', data: { apiKey: 'none', url: model.url } });
}, 180_000);

afterAll(async () => {
	await model?.close();
	await simulator?.close();
	await instance?.stop();
}, 60_000);

it("an agent's model gets the right summary from the node as a tool", async () => {
	const run = await runSaved(rest, 'agentAndTool');
	expect(run.error).toBeUndefined();
	const [first, second] = model.asked;
	expect(first.tools).toHaveLength(1);
	expect(first.tools[0].function.description).toContain('Samespace');
	expect(JSON.stringify(first.tools[0].function.parameters)).toContain('startTime');

	const calls = simulator.truth.calls({ start: range.startTime, end: range.endTime });
	const result = JSON.parse(second.toolResults[0]) as Array<{ [figure: string]: unknown }> | { [figure: string]: unknown };
	const [summary] = [result].flat();
	expect(summary).toMatchObject({
		calls: calls.length,
		inbound_answered: calls.filter(({ direction, answer_time: answered }) => direction === 'in' && answered !== null).length,
		inbound: calls.filter(({ direction }) => direction === 'in').length,
	});
	expect(second.toolResults[0].length).toBeLessThan(4_000);
	expect(run.items('Agent')[0].output).toBe(second.toolResults[0]);
	simulator.assertNoViolations();
}, 120_000);

function agentWorkflow(): WorkflowFile {
	const node = (name: string, type: string, typeVersion: number, parameters: INode['parameters']): INode => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
	});
	const fromModel = (name: keyof typeof range, says: string): string => `={{ $fromAI('${name}', '${says}', 'string') }}`;
	return {
		id: 'agentAndTool',
		name: 'An agent and its tool',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', 2, { promptType: 'define', text: 'How many calls were answered in the first week of March?', options: {} }),
			{
				...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', 1.2, { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} }),
				credentials: { openAiApi: { id: 'scriptedModel', name: 'Scripted model' } },
			},
			{
				...node('Samespace', 'n8n-nodes-samespace.samespaceTool', 1, {
					resource: 'report',
					operation: 'getCalls',
					dateRange: 'custom',
					startTime: fromModel('startTime', 'Start of the range, ISO 8601'),
					endTime: fromModel('endTime', 'End of the range, ISO 8601'),
					output: 'summary',
				}),
				credentials: credentialReference,
			},
		],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			Samespace: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	};
}
