import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Failure } from '../reading';
import { codeOf } from './answers/answer';
import { explain, type Explanation } from './explain';
import { presentable, withoutKey } from './redact';

/** Whose error it is, and what must not stand in it. */
export interface ErrorContext {
	node: INode;
	itemIndex: number;
	apiKey: string;
	/** How the failure is put into words, where that differs. */
	explain?: (failure: Failure) => Explanation;
}

type NodeError = NodeApiError | NodeOperationError;

/** The one place that makes n8n's error of a failed request or reading. */
export function errorOf(failure: Failure, context: ErrorContext): NodeError {
	const { node, itemIndex, apiKey } = context;
	const { title, advice } = (context.explain ?? explain)(presentableFailure(failure, apiKey));
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

/** A failure whose texts may be shown: without the key, and what the server said without people's phone numbers. */
export function presentableFailure(failure: Failure, apiKey: string): Failure {
	const { detail, said } = failure;
	return {
		...failure,
		...(detail === undefined ? {} : { detail: withoutKey(detail, apiKey) }),
		...(said === undefined ? {} : { said: presentable(said, apiKey) }),
	};
}

/** The error of a parameter that cannot be used. */
export function errorOfParameter(node: INode, problem: { message: string; advice: string }, itemIndex: number): NodeOperationError {
	return new NodeOperationError(node, problem.message, { description: problem.advice, itemIndex, level: 'warning' });
}

/** What a disk says that is full, read-only or gone. */
const connectionCodes = /^(?:ECONN[A-Z]{1,10}|EPIPE|ETIMEDOUT|ESOCKETTIMEDOUT|E(?:HOST|NET)UNREACH|EAI_[A-Z]{1,10}|ENOTFOUND|EPROTO|ABORT_ERR|ERR_(?:STREAM|HTTP|SSL|TLS|CANCELED|BAD_RESPONSE)[A-Z_]{0,40}|HPE_[A-Z_]{1,40}|Z_[A-Z_]{1,20})$/;

/** Whether it's the connection that failed, through which a file comes, and not the store that keeps it. */
export function isOfConnection(fault: unknown): boolean {
	return connectionCodes.test(codeOf(fault)) || (fault instanceof Error && /^(?:aborted|premature close)$/i.test(fault.message));
}

/** The error of a file that n8n couldn't keep. Its own words may hold paths of the server: only their code is shown. */
export function errorOfStorage(node: INode, fault: unknown, itemIndex: number): NodeError {
	if (isOfN8n(fault)) return errorOfReason(node, fault, itemIndex);
	const code = /^[A-Z][A-Z_]{1,30}$/.exec(codeOf(fault))?.[0] ?? 'unknown error';
	return new NodeOperationError(node, "n8n couldn't store the file", {
		description: `n8n's binary data storage failed (${code}). Check the free space and the permissions of the disk, or the external storage, that n8n is set up to use.`,
		itemIndex,
		level: 'warning',
	});
}

/**
 * The error of anything else that was thrown: n8n's own errors (an expression that fails, a missing credential) keep their words and
 * get the item's index; a fault of this node says so, and quotes nothing that may come from a record.
 */
export function errorOfReason(node: INode, reason: unknown, itemIndex: number): NodeError {
	if (reason instanceof NodeApiError || reason instanceof NodeOperationError) {
		reason.context.itemIndex ??= itemIndex;
		return reason;
	}
	if (isOfN8n(reason)) {
		const description = 'description' in reason && typeof reason.description === 'string' ? reason.description : undefined;
		return new NodeOperationError(node, reason.message, { description, itemIndex, level: 'warning' });
	}
	const name = reason instanceof Error ? reason.name : typeof reason;
	return new NodeOperationError(node, "The Samespace node couldn't handle an unexpected value", {
		description: `This is a bug in the node (${name.slice(0, 40)}). Please report it with the node's parameters, but without the API key.`,
		itemIndex,
	});
}

/** n8n's errors carry a level; those of JavaScript itself do not. */
function isOfN8n(reason: unknown): reason is Error {
	return reason instanceof Error && 'level' in reason;
}
