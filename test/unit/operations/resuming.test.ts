import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';

import { isResuming } from '../../../nodes/Samespace/operations/resuming';

const contextOf = (mode: WorkflowActivateMode): IPollFunctions => ({ getActivationMode: () => mode }) as IPollFunctions;

it.each([
	['init', [true, false, false]],
	['leadershipChange', [true, false, false]],
	['activate', [false, false, false]],
	['update', [false, false, false]],
] as const)('of the polls of one activation (%s), the first alone takes a workflow up again, if n8n has just started', (mode, expected) => {
	const context = contextOf(mode);
	expect(expected.map(() => isResuming(context))).toEqual(expected);
	expect(isResuming(contextOf(mode))).toBe(expected[0]);
});
