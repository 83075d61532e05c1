import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Failure } from '../reading';
import { explain, type Explanation } from './explain';
import { withoutKey } from './redact';

/** Whose error it is, and what must not stand in it. */
export interface ErrorContext {
	node: INode;
	itemIndex: number;
	apiKey: string;
	/** How the failure is put into words, where that differs. */
	explain?: (failure: Failure) => Explanation;
}

/** The one place that makes n8n's error of a failed request or reading. */
export function errorOf(failure: Failure, context: ErrorContext): NodeApiError | NodeOperationError {
	const { node, itemIndex, apiKey } = context;
	const { title, advice } = (context.explain ?? explain)(withoutKey(failure, apiKey));
	if (failure.kind === 'credential') {
		return new NodeOperationError(node, title, { description: advice, itemIndex, level: 'warning' });
	}
	return new NodeApiError(
		node,
		{ message: title },
		{
			message: title,
			description: advice,
			httpCode: failure.status === undefined ? undefined : String(failure.status),
			itemIndex,
			level: 'warning',
		},
	);
}

/** The error of a parameter that cannot be used. */
export function errorOfParameter(node: INode, problem: { message: string; advice: string }, itemIndex: number): NodeOperationError {
	return new NodeOperationError(node, problem.message, { description: problem.advice, itemIndex, level: 'warning' });
}
