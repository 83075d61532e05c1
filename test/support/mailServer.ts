/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a mail server */
import type { AddressInfo } from 'node:net';

import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

import type { CredentialFile } from '../../playground/workflows.ts';

/** A mail server on loopback that keeps what it gets. */
export interface MailServer {
	/** What a workflow sends by. */
	credential: CredentialFile;
	mails: ParsedMail[];
	close(): Promise<void>;
}

/** Starts it; it asks nobody who they are. */
export async function startMailServer(): Promise<MailServer> {
	const mails: ParsedMail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData: (stream, _, done) => void simpleParser(stream).then((mail) => (mails.push(mail), done()), done),
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.server.address() as AddressInfo;
	return {
		credential: { name: 'Mail server', type: 'smtp', data: { host: '127.0.0.1', port, secure: false, disableStartTls: true, user: '', password: '' } },
		mails,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}
