/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- n8n is configured by its environment */
import { delimiter, dirname, join } from 'node:path';
import { work, type Release } from './places.ts';

/**
 * n8n's own folder within an instance's. It copies some hundred scripts of its editor there, and this is the one name
 * that `eslint .` leaves alone.
 */
export const HOME_FOLDER = 'node_modules';

/** Where n8n's own default allows nodes to write: `.n8n-files` in the home, here in the instance's folder. */
export const FILES_FOLDER = '.n8n-files';

// The rest of our environment stays out: a developer's own N8N_… or DB_… must not reach an instance of ours.
const PASSED_ON =
	/^(HOME|USERPROFILE|LANG|LC_\w+|TZ|TMPDIR|TEMP|TMP|SystemRoot|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|(https?|no|all)_proxy)$/i;

/** n8n's settings by the names of its environment variables. */
export interface Variables {
	[name: string]: string;
}

/** What an instance needs to know. Ports are loopback only. */
export interface Settings {
	folder: string;
	release: Release;
	port: number;
	brokerPort: number;
	/** IANA name; what 'yesterday' means where a workflow has no zone of its own. */
	timezone: string;
	/** How much n8n logs; default: 'info'. */
	logLevel?: 'info' | 'debug';
	/** What this instance has otherwise than all others. */
	variables?: Variables;
}

/** n8n on its own: its own folder and ports, and no call to anybody outside. */
export function environment({ folder, release, port, brokerPort, timezone, logLevel = 'info', variables = {} }: Settings): NodeJS.ProcessEnv {
	const passedOn = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
	return {
		...Object.fromEntries(passedOn),
		PATH: [dirname(release.node), process.env.PATH].join(delimiter),
		NO_PROXY: [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1', 'localhost']
			.filter(Boolean)
			.join(','),
		// n8n's modules, compiled once for all instances: a third off every start.
		NODE_COMPILE_CACHE: join(work, 'compile-cache'),
		N8N_USER_FOLDER: join(folder, HOME_FOLDER),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: 'localhost',
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_PYTHON_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		N8N_RESTRICT_FILE_ACCESS_TO: join(folder, FILES_FOLDER),
		GENERIC_TIMEZONE: timezone,
		// On a busy machine a database answers late: after 5 s n8n takes it for lost, and then refuses every request.
		DB_PING_TIMEOUT_MS: '60000',
		N8N_LOG_LEVEL: logLevel,
		// n8n's text format puts blanks into logged data at this level: a search of the log would miss it.
		N8N_LOG_FORMAT: logLevel === 'debug' ? 'json' : 'text',
		N8N_LOG_OUTPUT: 'console',
		...QUIET,
		...variables,
	};
}

/** n8n schedules polls in its database and keeps a trigger's state with each of them; off by default, in n8n as well. */
export const durableCursors: Variables = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

const QUIET = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_AI_ENABLED: 'false',
};
