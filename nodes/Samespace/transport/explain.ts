import { DateTime } from 'luxon';

import type { Failure } from '../reading';

/** An error in words: what happened, and what to do about it. */
export interface Explanation {
	title: string;
	advice: string;
}

/** Puts a failure into words for whoever runs the workflow. */
export function explain(failure: Failure): Explanation {
	const explanation = failure.kind === 'status' ? explainStatus(failure) : kinds[failure.kind](failure);
	const tries = (failure.attempts ?? 1) > 1 ? ` It was tried ${failure.attempts} times.` : '';
	return { ...explanation, advice: explanation.advice + tries };
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
	const from = window ? DateTime.fromMillis(window.start, { zone: 'UTC' }).toISO() : '';
	const to = window ? DateTime.fromMillis(window.end, { zone: 'UTC' }).toISO() : '';
	return `From ${from} to ${to}, ${expected ?? 'an unknown number of'} rows were announced and ${received} came.`;
}
