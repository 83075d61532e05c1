import type { ReportName } from '../dataset/records.ts';
import { answerReport } from './answerReport.ts';
import type { Cluster } from './cluster.ts';
import type { Fault } from './fault.ts';
import { disturbedReply, replyInstead } from './faultyReply.ts';
import type { LoggedRequest, Target } from './journal.ts';
import { errorReply } from './reply.ts';
import type { Reply } from './reply.ts';

/** The four paths of the vendor's page. Beware: /sessions is the call report, /logs the session report. */
const reportPaths: Record<string, ReportName> = {
	'/manage/api/analytics/sessions': 'calls',
	'/manage/api/analytics/logs': 'sessions',
	'/manage/api/analytics/productivity/v2': 'productivity',
	'/manage/api/analytics/csat': 'csat',
};

/** What a path is for. A query string makes a report's path another one. */
export function targetOf(cluster: Cluster, path: string): Target {
	return reportPaths[path] ?? (cluster.recordings.covers(path) ? 'recording' : null);
}

/** The answer to one request, with its faults but for those of delivery. */
export function answer(cluster: Cluster, entry: LoggedRequest, path: string, faults: readonly Fault[]): Reply {
	// Made even where a fault replaces it: a violation counts whatever befalls its request.
	const sound = soundAnswer(cluster, entry, path, faults);
	const instead = replyInstead(faults, cluster.switches.errorBody);
	if (!instead) return disturbedReply(sound, faults);
	entry.rows = null;
	entry.total = null;
	entry.walked = null;
	return instead;
}

function soundAnswer(cluster: Cluster, entry: LoggedRequest, path: string, faults: readonly Fault[]): Reply {
	const { switches, violations } = cluster;
	const { report: target, method, n } = entry;
	if (target === null) {
		violations.push(`unknown path (request ${n}): ${method} ${entry.path}`);
		return errorReply(404, 'Not found', switches.errorBody);
	}
	const right = target === 'recording' ? 'GET' : 'POST';
	if (method !== right) {
		violations.push(`${target} (request ${n}): method ${method} instead of ${right}`);
		return errorReply(405, 'Method not allowed', switches.errorBody, { allow: right });
	}
	if (!entry.keyOk) return errorReply(401, 'Invalid or missing API key', switches.errorBody);
	const tooMany = cluster.rateLimiter.refuse(switches.rateLimit);
	if (tooMany) return errorReply(429, 'Too many requests', switches.errorBody, tooMany);
	return target === 'recording'
		? cluster.recordings.reply(path, switches.errorBody)
		: answerReport(cluster, target, entry, faults);
}
