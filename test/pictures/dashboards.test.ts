/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps its pictures in docs/ */
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

import { root } from '../../playground/places.ts';
import type { ReportName } from '../support/asking.ts';
import { dashboardPages, openChromium } from '../support/dashboardPages.ts';
import { takePicture } from '../support/picture.ts';

let pages: Map<ReportName, string>;
let browser: Browser;

beforeAll(async () => {
	pages = await dashboardPages();
	browser = await openChromium();
}, 180_000);

afterAll(async () => await browser?.close());

it.each([
	['dashboard', 'calls', 1280, 'light'],
	['dashboard-sessions', 'sessions', 1280, 'dark'],
	['dashboard-csat', 'csat', 1280, 'light'],
	['dashboard-productivity', 'productivity', 1280, 'light'],
	['dashboard-phone', 'calls', 390, 'light'],
] as const)('%s', async (name, report, width, colorScheme) => {
	const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
	await page.setContent(pages.get(report) ?? '', { waitUntil: 'load' });
	await takePicture(page, { path: join(root, 'docs', `${name}.png`), fullPage: true });
	await page.close();
}, 60_000);
