import type { INode, IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';

import { firstOf } from '../../../nodes/Samespace/operations/firstPoll';

let workflows = 0;
function contextOf(mode: WorkflowActivateMode, id = `workflow ${(workflows += 1)}`): IPollFunctions {
	return { getActivationMode: () => mode, getWorkflow: () => ({ id }), getNode: () => ({ id: 'node' }) as INode } as IPollFunctions;
}

it.each(['init', 'leadershipChange', 'activate', 'create'] as const)('the first poll of an activation (%s) is the first, however many there were before', (mode) => {
	const context = contextOf(mode, `again ${mode}`);
	const isAtStart = mode === 'init' || mode === 'leadershipChange';
	expect([firstOf(context), firstOf(context)]).toEqual([{ isFirst: true, isAtStart }, { isFirst: false, isAtStart: false }]);
	expect(firstOf(contextOf(mode, `again ${mode}`))).toEqual({ isFirst: true, isAtStart });
});

it('with durable poll cursors, the first poll of the process is', () => {
	const id = 'durable';
	expect([1, 2, 3].map(() => firstOf(contextOf('update', id)))).toEqual([{ isFirst: true, isAtStart: false }, ...[2, 3].map(() => ({ isFirst: false, isAtStart: false }))]);
});
