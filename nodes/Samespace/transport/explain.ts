import { DateTime } from 'luxon';

import type { Failure } from '../reading';

/** An error in words: what happened, and what to do about it. */
export interface Explanation {
	title: string;
	advice: string;
}

/** Puts a failure into words for whoever runs the workflow. */
export function explain(failure: Failure): Explanation {
	return withTries(wordsFor(failure), failure);
}

/** Puts a failure of a poll into words: it names only what the trigger's form has, and the next poll comes by itself. */
export function explainPoll(failure: Failure): Explanation {
	const { title, advice } = wordsFor(failure);
	const { kind, status, said } = failure;
	const own = kind === 'status' ? triggerStatusAdvice(status, said) : triggerAdvice[kind];
	return withTries({ title, advice: own ?? advice.replace('Run it again later.', 'The next poll tries again.') }, failure);
}

function wordsFor(failure: Failure): Explanation {
	return failure.kind === 'status' ? explainStatus(failure) : kinds[failure.kind](failure);
}

function withTries({ title, advice }: Explanation, { attempts = 1 }: Failure): Explanation {
	return { title, advice: attempts > 1 ? `${advice} It was tried ${attempts} times.` : advice };
}

/** What a trigger advises otherwise: it has no page size, concurrency or date range. */
const triggerAdvice: { [Kind in Failure['kind']]?: string } = {
	timeout: "The next poll tries again. If this goes on, shorten 'Look Back (Minutes)' under Options or narrow 'Filters'.",
	tooLarge: "It has more than 64 MB or some million values, so it wasn't read. Shorten 'Look Back (Minutes)' under Options or narrow 'Filters'.",
	incomplete: 'The next poll tries again.',
	skipIgnored: 'The next poll tries again.',
};

function triggerStatusAdvice(status: number | undefined, said: string | undefined): string | undefined {
	if (status === 400 || status === 422) return `Check 'Filters' (status ${status}).`;
	return status === 429 ? `The next poll tries again (status 429). If this goes on, poll less often.${quoted(said)}` : undefined;
}

const kinds: { [Kind in Exclude<Failure['kind'], 'status'>]: (failure: Failure) => Explanation } = {
	credential: ({ detail }) => ({ title: detail ?? 'The credential is incomplete', advice: 'Open the Samespace credential and correct it. Nothing was sent.' }),
	network: ({ detail, said }) => ({
		title: 'Samespace could not be reached',
		advice: `The connection failed (${detail ?? said ?? 'no answer'}). Check that n8n can reach the cluster from where it runs.`,
	}),
	timeout: () => ({
		title: 'Samespace did not answer in time',
		advice: "Set a longer 'Timeout' or a smaller 'Page Size' under Options.",
	}),
	unknownHost: () => ({
		title: 'There is no such Samespace cluster',
		advice: "Check the 'Cluster ID' of the credential: 'acme' for acme.samespace.com.",
	}),
	untrusted: ({ detail }) => ({
		title: 'The certificate of the Samespace cluster does not hold',
		advice: `The connection was refused (${detail}). Check the 'Cluster ID' and 'Base URL' of the credential, and the proxy that n8n uses.`,
	}),
	unreadable: ({ detail, said }) => ({
		title: 'Samespace answered with something that is not JSON',
		advice: `Check the 'Cluster ID' and 'Base URL' of the credential. The answer was ${detail ?? 'nothing'}${said ? ` titled "${said}"` : ''}.`,
	}),
	unexpected: ({ detail }) => ({
		title: 'Samespace answered with something that is not a report',
		advice: `Check the 'Cluster ID' and 'Base URL' of the credential. The answer was ${detail ?? 'nothing'}.`,
	}),
	reported: ({ said }) => ({
		title: 'Samespace reported an error',
		advice: `It came with a status of success, so no row of that answer was used. Run it again later.${quoted(said)}`,
	}),
	tooLarge: () => ({
		title: 'The answer is too large',
		advice: "It has more than 64 MB or some million values, so it wasn't read. Choose a smaller 'Page Size' under Options, or a shorter date range.",
	}),
	redirect: ({ status }) => ({
		title: 'Samespace answered with a redirect to another address',
		advice: `It was not followed (status ${status}), since that would take the API key along. Check the 'Cluster ID' and 'Base URL' of the credential.`,
	}),
	incomplete: (failure) => ({
		title: 'The report is not complete',
		advice: `${shortfall(failure)} It was read again, also in parts. Run it again later, or set 'If Incomplete' to 'Warn' under Options to get the records that came.`,
	}),
	skipIgnored: (failure) => ({
		title: 'The report is not complete: Samespace sent the same page again',
		advice: `It seems to ignore 'skip'. ${shortfall(failure)} Choose a shorter date range or a larger 'Page Size' under Options.`,
	}),
	zone: ({ detail, zone }) => ({
		title: "The credential's 'Time Zone' is not the cluster's",
		advice: `Samespace was asked by the clock of ${zone}, and answered with records that lie ${detail} off. Set 'Time Zone' in the credential to that of the cluster.`,
	}),
	clock: ({ window }) => ({
		title: 'The clock of n8n is behind',
		advice:
			`It says ${textOf(window?.start)}, but records up to ${textOf(window?.end)} were read already. Nothing is lost: once the clock is right, the next poll goes on where the last one ended. ` +
			'If it is right now, rename the trigger node: it then starts afresh.',
	}),
	// n8n takes an execution for canceled only if its error says this word.
	stopped: () => ({ title: 'The execution was canceled', advice: 'No further request was sent.' }),
};

function explainStatus({ status, said: words }: Failure): Explanation {
	const said = quoted(words);
	if (status === 401 || status === 403) {
		return {
			title: 'Samespace refused the API key',
			advice: `Use a key of type 'Voice', made by a user with 'Admin' access in the settings of this cluster (status ${status}).${said}`,
		};
	}
	if (status === 404) {
		return {
			title: 'Samespace does not know this address',
			advice: `Check the 'Cluster ID' and 'Base URL' of the credential (status 404).${said}`,
		};
	}
	if (status === 400 || status === 422) {
		return {
			title: `Samespace refused the request${words ? `: ${words}` : ''}`,
			advice: `Check the date range, 'Filters' and 'Page Size' (status ${status}).`,
		};
	}
	if (status === 429) {
		return { title: 'Samespace is throttling requests', advice: `Lower 'Concurrency' under Options, or run it later (status 429).${said}` };
	}
	return { title: `Samespace answered with an error (status ${status})`, advice: `Run it again later.${said}` };
}

function quoted(words: string | undefined): string {
	return words ? ` Samespace said: "${words}".` : '';
}

function shortfall({ window, expected, received }: Failure): string {
	return `From ${textOf(window?.start)} to ${textOf(window?.end)}, ${expected ?? 'an unknown number of'} rows were announced and ${received} came.`;
}

function textOf(instantMs: number | undefined): string {
	return instantMs === undefined ? '' : (DateTime.fromMillis(instantMs, { zone: 'UTC' }).toISO() ?? '');
}
