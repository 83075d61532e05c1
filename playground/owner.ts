/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a client of n8n's REST API */
import axios from 'axios';

/** The sign-in of every instance of ours: they listen on this machine alone. */
export const owner = {
	email: 'owner@playground.example',
	password: 'Playground1',
	firstName: 'Play',
	lastName: 'Ground',
};

/** Makes the owner's account where there is none yet. */
export async function setUpOwner(url: string): Promise<void> {
	const rest = axios.create({ baseURL: `${url}/rest`, proxy: false, timeout: 30_000 });
	const { data } = await rest.get<{ data: { userManagement: { showSetupOnFirstLoad: boolean } } }>('/settings');
	if (data.data.userManagement.showSetupOnFirstLoad) await rest.post('/owner/setup', owner);
}
