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

/** Puts into words what is missing where the user lets that pass. */
export function explainGap(failure: Failure): Explanation {
	const { title, advice } = wordsFor(failure);
	return { title, advice: failure.kind === 'incomplete' ? `${shortfall(failure)} Reading it again in smaller parts didn't help.` : advice };
}

/** Puts a failure of a poll into words: it names only what the trigger's form has, and the next poll comes by itself. */
export function explainPoll(failure: Failure): Explanation {
	const { title, advice } = wordsFor(failure);
	const { kind, status, said } = failure;
	const own = kind === 'status' ? triggerStatusAdvice(status, said) : triggerAdvice[kind];
	return withTries({ title, advice: own ?? advice.replace('Run it again later.', 'The next poll tries again.') }, failure);
}

/** Puts a failure into words where there are no options to change and no filters: the credential's test, and the dropdowns. */
export function explainWithoutOptions(failure: Failure): Explanation {
	const { title, advice } = wordsFor(failure);
	const { kind, status, said } = failure;
	const own = kind === 'status' ? quickStatusAdvice(status, said) : quickAdvice[kind];
	return { title, advice: own ?? advice.replace('Run it again later.', 'Try again later.') };
}

const quickAdvice: { [Kind in Failure['kind']]?: string } = {
	timeout: 'Check that the n8n server can reach the cluster, and try again later.',
	tooLarge: "It has more than 64 MB or two million lists and objects, so it wasn't read.",
	incomplete: 'Try again later.',
	skipIgnored: 'Try again later.',
};

function quickStatusAdvice(status: number | undefined, said: string | undefined): string | undefined {
	if (status === 400 || status === 422) return `Check the 'Cluster ID' and 'Base URL' of the credential (status ${status}).`;
	return status === 429 ? `Try again later (status 429).${quoted(said)}` : undefined;
}

function wordsFor(failure: Failure): Explanation {
	return failure.kind === 'status' ? explainStatus(failure) : kinds[failure.kind](failure);
}

function withTries({ title, advice }: Explanation, { attempts = 1 }: Failure): Explanation {
	return { title, advice: attempts > 1 ? `${advice} The request was tried ${attempts} times.` : advice };
}

/** What a trigger advises instead: it has no page size, concurrency or date range. */
const triggerAdvice: { [Kind in Failure['kind']]?: string } = {
	timeout: "The next poll tries again. If it keeps happening, shorten 'Look Back (Minutes)' under Options or narrow 'Filters'.",
	tooLarge: "It has more than 64 MB or two million lists and objects, so it wasn't read. Shorten 'Look Back (Minutes)' under Options or narrow 'Filters'.",
	incomplete: 'The next poll tries again.',
	skipIgnored: 'The next poll tries again.',
};

function triggerStatusAdvice(status: number | undefined, said: string | undefined): string | undefined {
	if (status === 400 || status === 422) return `Check 'Filters' (status ${status}).`;
	return status === 429 ? `The next poll tries again (status 429). If it keeps happening, poll less often.${quoted(said)}` : undefined;
}

const kinds: { [Kind in Exclude<Failure['kind'], 'status'>]: (failure: Failure) => Explanation } = {
	credential: ({ detail }) => ({ title: detail ?? 'The credential is incomplete', advice: 'Open the Samespace credential and correct it. Nothing was sent.' }),
	network: ({ detail, said }) => ({
		title: "Couldn't connect to Samespace",
		advice: `The connection failed (${detail ?? said ?? 'no response'}). Check that the n8n server can reach the cluster.`,
	}),
	timeout: () => ({
		title: 'Samespace took too long to respond',
		advice: "Increase 'Timeout (Seconds)' or reduce 'Page Size' under Options.",
	}),
	unknownHost: () => ({
		title: "Couldn't find the Samespace cluster",
		advice: "Check the 'Cluster ID' ('acme' for acme.samespace.com) or the 'Base URL' of the credential.",
	}),
	untrusted: ({ detail }) => ({
		title: "The cluster's TLS certificate isn't valid",
		advice: `The connection wasn't made (${detail}). Check the 'Cluster ID' and 'Base URL' of the credential, and the proxy that n8n uses.`,
	}),
	unreadable: ({ detail, said }) => ({
		title: "Samespace's response isn't JSON",
		advice: `Check the 'Cluster ID' and 'Base URL' of the credential. It sent ${detail ?? 'nothing'}${said ? ` titled "${said}"` : ''}.`,
	}),
	strange: ({ detail }) => ({
		title: "Samespace sent a row that isn't a record",
		advice: `${detail}, so none of the page was used. If that persists, tell Samespace.`,
	}),
	unexpected: ({ detail }) => ({
		title: "Samespace's response isn't a report",
		advice: `Check the 'Cluster ID' and 'Base URL' of the credential. It sent ${detail ?? 'nothing'}.`,
	}),
	reported: ({ said }) => ({
		title: "Samespace couldn't produce the report",
		advice: `The response had HTTP status 200, but its body reports an error, so none of its rows were used. Run it again later.${quoted(said)}`,
	}),
	tooLarge: () => ({
		title: "Samespace's response is too large",
		advice: "It has more than 64 MB or two million lists and objects, so it wasn't read. Reduce 'Page Size' under Options, or choose a shorter 'Date Range'.",
	}),
	redirect: ({ status }) => ({
		title: 'Samespace redirected to another address',
		advice: `The redirect wasn't followed (status ${status}), because the API key would be sent along. Check the 'Cluster ID' and 'Base URL' of the credential.`,
	}),
	incomplete: (failure) => ({
		title: 'The report is incomplete',
		advice: `${shortfall(failure)} Reading it again in smaller parts didn't help. Run it again later, or set 'If Incomplete' to 'Continue With a Warning' under Options.`,
	}),
	skipIgnored: (failure) => ({
		title: 'The report is incomplete: Samespace keeps sending the same page',
		advice: `It seems to ignore 'skip', so no second page can be read. ${shortfall(failure)} Choose a shorter 'Date Range' or increase 'Page Size' under Options.`,
	}),
	zone: ({ detail, zone }) => ({
		title: "The credential's 'Time Zone' doesn't match the cluster's",
		advice: `The request used the time zone ${zone}, but the records that came back are off by ${detail}. Set 'Time Zone' in the credential to the cluster's time zone.`,
	}),
	clock: ({ window }) => ({
		title: "The n8n server's clock is behind",
		advice:
			`It says ${textOf(window?.start)}, but records up to ${textOf(window?.end)} have already been read. Nothing is lost: once the clock is right, the next poll continues where the last one ended. ` +
			'If the clock is right, rename the trigger node to make it start over.',
	}),
	// n8n treats an error as a cancellation only if its message contains "canceled".
	stopped: () => ({ title: 'The execution was canceled', advice: 'No more requests were sent.' }),
};

function explainStatus({ status, said: words }: Failure): Explanation {
	const said = quoted(words);
	if (status === 401 || status === 403) {
		return {
			title: 'Samespace refused the API key',
			advice: `Use a key of type 'Voice' that a user with 'Admin' access created in this cluster's settings (status ${status}).${said}`,
		};
	}
	if (status === 404) {
		return {
			title: "Samespace doesn't know this address",
			advice: `Check the 'Cluster ID' and 'Base URL' of the credential (status 404).${said}`,
		};
	}
	if (status === 400 || status === 422) {
		return {
			title: `Samespace refused the request${words ? `: ${words}` : ''}`,
			advice: `Check 'Date Range', 'Filters' and 'Page Size' (status ${status}).`,
		};
	}
	if (status === 429) {
		return { title: 'Samespace is limiting requests', advice: `Reduce 'Concurrency' under Options, or run it again later (status 429).${said}` };
	}
	return { title: `Samespace returned status ${status}`, advice: `Run it again later.${said}` };
}

function quoted(words: string | undefined): string {
	return words ? ` Samespace said: "${words}".` : '';
}

function shortfall({ window, expected, received }: Failure): string {
	return `From ${textOf(window?.start)} to ${textOf(window?.end)}, Samespace announced ${expected ?? 'an unknown number of'} ${expected === 1 ? 'row' : 'rows'}, but ${received} arrived.`;
}

function textOf(instantMs: number | undefined): string {
	return instantMs === undefined ? '' : (DateTime.fromMillis(instantMs, { zone: 'UTC' }).toISO() ?? '');
}
