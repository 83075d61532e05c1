import type { INode, IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';

import { firstOf } from '../../../../nodes/Samespace/operations/trigger/firstPoll';

function contextOf(mode: WorkflowActivateMode, id: string): IPollFunctions {
	return { getActivationMode: () => mode, getWorkflow: () => ({ id }), getNode: () => ({ id: 'node' }) as INode } as IPollFunctions;
}

it.each([
	['init', true],
	['leadershipChange', true],
	['activate', false],
	['update', false],
] as const)('a poll may be the first of its process, and of its activation (%s)', (mode, isAtStart) => {
	const context = contextOf(mode, `polled ${mode}`);
	expect(firstOf(context)).toEqual({ isOfProcess: true, isOfContext: true, isAtStart });
	expect(firstOf(context)).toEqual({ isOfProcess: false, isOfContext: false, isAtStart: false });
	expect(firstOf(contextOf(mode, `polled ${mode}`))).toEqual({ isOfProcess: false, isOfContext: true, isAtStart });
	expect(firstOf(contextOf(mode, `another, ${mode}`))).toMatchObject({ isOfProcess: true });
});
