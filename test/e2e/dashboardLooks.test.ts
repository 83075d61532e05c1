/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- drives a browser, keeps its pictures */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

import { work } from '../../playground/places.ts';
import { reportNames, type ReportName } from '../support/asking.ts';
import { dashboardPages, openChromium } from '../support/dashboardPages.ts';
import { takePicture } from '../support/picture.ts';

const folder = join(work, 'screenshots', 'dashboard');
/** What WCAG 2.1 asks of text (AA). */
const leastContrast = 4.5;

let pages: Map<ReportName, string>;
let browser: Browser;

beforeAll(async () => {
	mkdirSync(folder, { recursive: true });
	pages = await dashboardPages();
	browser = await openChromium();
}, 180_000);

afterAll(async () => await browser?.close());

/** Opens a page as somebody gets it, and gives what it asked the network for. */
async function open(html: string, { width, colorScheme }: { width: number; colorScheme: 'light' | 'dark' }): Promise<{ page: Page; asked: string[] }> {
	const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.setContent(html, { waitUntil: 'load' });
	return { page, asked };
}

/** Texts whose colour is too close to what is behind them. */
async function faintTexts(page: Page): Promise<string[]> {
	const script = readFileSync(join(__dirname, '../support/faintTexts.js'), 'utf8');
	return await page.evaluate<string[]>(`(() => { ${script}\n return faintTexts(${leastContrast}); })()`);
}

const views = [
	{ width: 1280, colorScheme: 'light' },
	{ width: 1280, colorScheme: 'dark' },
	{ width: 800, colorScheme: 'dark' },
	{ width: 390, colorScheme: 'light' },
] as const;

describe.each(reportNames)('the page of %s', (report) => {
	it.each(views)('fits $width pixels, in $colorScheme, is easy to read and asks the network for nothing', async (view) => {
		const { page, asked } = await open(pages.get(report) ?? '', view);
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(view.width);
		expect(await faintTexts(page)).toEqual([]);
		expect(asked).toEqual([]);
		await takePicture(page, { path: join(folder, `${report}-${view.width}-${view.colorScheme}.png`), fullPage: true });
		await page.close();
	}, 60_000);

	it('is readable without its style sheet, as in an email client', async () => {
		const { page } = await open((pages.get(report) ?? '').replace(/<style>[^]*?<\/style>/, ''), { width: 700, colorScheme: 'light' });
		const bars = page.locator('td.bar');
		expect(await bars.count()).toBeGreaterThan(5);
		expect(await page.evaluate("getComputedStyle(document.querySelector('td.bar')).backgroundColor")).toBe('rgb(47, 107, 220)');
		expect((await bars.first().boundingBox())?.width).toBeGreaterThan(3);
		expect(await faintTexts(page)).toEqual([]);
		await takePicture(page, { path: join(folder, `${report}-mail.png`), fullPage: true });
		await page.close();
	}, 60_000);

	it('gives screen readers headings and labeled tables, and hides the bars', async () => {
		const { page } = await open(pages.get(report) ?? '', views[0]);
		const tree = await page.locator('body').ariaSnapshot();
		expect(tree).toMatch(/heading "[^"]+" \[level=1\]/);
		expect(tree).toMatch(/heading "Key figures" \[level=2\]/);
		expect(await page.locator('table:not([role="presentation"]):not([aria-label])').count()).toBe(0);
		expect(await page.locator('td[aria-hidden="true"] td.bar').count()).toBe(await page.locator('td.bar').count());
		const rows = page.locator('table[aria-label] > tbody > tr');
		expect(await page.locator('table[aria-label] > tbody > tr > th[scope="row"]:first-child').count()).toBe(await rows.count());
		await page.close();
	}, 60_000);

	it('is printed dark on white, with its bars', async () => {
		const { page } = await open(pages.get(report) ?? '', views[1]);
		await page.emulateMedia({ media: 'print', colorScheme: 'light' });
		expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
		const pdf = await page.pdf({ format: 'A4', path: join(folder, `${report}.pdf`) });
		expect(pdf.length).toBeGreaterThan(10_000);
		await page.close();
	}, 60_000);
});
