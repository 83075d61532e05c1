/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- drives a browser, keeps its pictures */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, selectors, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import { owner } from '../../playground/owner.ts';
import { root, work } from '../../playground/places.ts';
import { takePicture } from './picture.ts';

const STEP_MS = 60_000;
/** Panels slide in: what is clicked meanwhile is missed. */
const SLIDE_MS = 400;
/** Around what is pictured, in pixels. */
const MARGIN = 20;
/** Of a part that is pictured, in pixels. */
const MOST_SHOWN = 345;
/** What lies over the page, and would only distract in a picture. */
const PASSING = '.el-notification, [data-test-id="execute-workflow-button"], [data-test-id="execute-workflow-button"] + *, [data-test-id="workflow-chat-button"], [class*="executionButtons"]';

/** n8n's editor in a real Chromium, by what a person does there. Every picture goes to .work/screenshots. */
export class Editor {
	private pictures = 0;
	private readonly browser: Browser;
	private readonly page: Page;
	private readonly url: string;
	private readonly folder: string;

	private constructor(browser: Browser, page: Page, { url, folder }: { url: string; folder: string }) {
		this.browser = browser;
		this.page = page;
		this.url = url;
		this.folder = folder;
		page.setDefaultTimeout(STEP_MS);
	}

	/** Opens a browser at the instance's sign-in page; its pictures go to a folder of that name. */
	static async open(url: string, pictures: string): Promise<Editor> {
		const { stdout } = await promisify(execFile)(process.execPath, ['test/support/chromium.mjs', work]);
		selectors.setTestIdAttribute('data-test-id');
		const browser = await chromium.launch({ executablePath: stdout.trim(), args: ['--no-sandbox', '--disable-gpu'] });
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		const folder = join(work, 'screenshots', pictures);
		rmSync(folder, { recursive: true, force: true });
		mkdirSync(folder, { recursive: true });
		// The editor looks up community packages on npm: no test depends on what is out there.
		await page.route(
			(address) => address.origin !== url,
			async (route) => await route.abort(),
		);
		const editor = new Editor(browser, page, { url, folder });
		await page.goto(`${url}/signin`);
		return editor;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	/** Keeps a picture of the page as it is. */
	async picture(name: string): Promise<void> {
		this.pictures += 1;
		const file = `${String(this.pictures).padStart(2, '0')}-${name.toLowerCase().replace(/\W+/g, '-')}.png`;
		await this.settle();
		await takePicture(this.page, { path: join(this.folder, file) });
	}

	/** Keeps a picture of one part of the page, for the docs. @param name a path below docs/, without extension */
	async partPicture(testId: string, name: string): Promise<void> {
		const { x, y, width, height } = (await this.part(testId).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
		await this.docsPicture(name, { x, y, width, height: Math.min(height, MOST_SHOWN) });
	}

	private async docsPicture(name: string, clip: { x: number; y: number; width: number; height: number }): Promise<void> {
		await this.page.addStyleTag({ content: `${PASSING} { visibility: hidden !important; }` });
		await this.settle();
		await takePicture(this.page, { path: join(root, 'docs', `${name}.png`), clip });
	}

	/** Keeps a picture of the nodes on the canvas alone, for the docs. @param name a path below docs/, without extension */
	async canvasPicture(name: string): Promise<void> {
		const nodes = await this.page.locator('[data-test-id="canvas-node"], [data-test-id="sticky"]').all();
		const boxes = (await Promise.all(nodes.map(async (node) => await node.boundingBox()))).filter((box) => box !== null);
		const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
		const [right, bottom] = [Math.max(...boxes.map(({ x, width }) => x + width)), Math.max(...boxes.map(({ y, height }) => y + height))];
		const clip = { x: left - MARGIN, y: top - MARGIN, width: right - left + 6 * MARGIN, height: bottom - top + 5 * MARGIN };
		await this.docsPicture(name, clip);
	}

	async signIn(): Promise<void> {
		await this.part('emailOrLdapLoginId').locator('input').fill(owner.email);
		await this.part('password').locator('input').fill(owner.password);
		await this.part('form-submit-button').click();
		await this.page.waitForURL(/home/);
	}

	/** Opens an empty canvas. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.part('canvas-plus-button').waitFor();
	}

	/** Opens a saved workflow on the canvas. */
	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.part('canvas-node').first().waitFor();
		await this.settle();
	}

	/** Opens an execution of a workflow in n8n's list of them. */
	async openExecution(workflowId: string, executionId: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${workflowId}/executions/${executionId}`);
		await this.part(`execution-preview-details-${executionId}`).waitFor();
		await this.page.waitForTimeout(5 * SLIDE_MS);
	}

	/** Opens a node of the execution that is shown; gives all that its panels say. */
	async openExecuted(name: string): Promise<string> {
		const nodeIn = (frame: Frame): Locator => frame.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
		let frame = this.page.mainFrame();
		for (const candidate of this.page.frames()) if ((await nodeIn(candidate).count()) > 0) frame = candidate;
		await nodeIn(frame).dblclick();
		await this.page.waitForTimeout(5 * SLIDE_MS);
		return await frame.locator('body').innerText();
	}

	/** Opens a node of the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.part('node-execute-button').waitFor();
	}

	/** Lets the editor look as n8n does on a machine that is set to dark, or to light. */
	async setScheme(colorScheme: 'light' | 'dark'): Promise<void> {
		await this.page.emulateMedia({ colorScheme });
	}

	/** Closes the node that is open. */
	async closeNode(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.part('node-execute-button').waitFor({ state: 'hidden' });
	}

	/** The words that come beside a part where the mouse is on it. */
	async tooltipOf(part: Locator): Promise<string> {
		await part.hover();
		const tooltip = this.page.locator('[data-reka-popper-content-wrapper], .el-popper').filter({ visible: true }).last();
		await tooltip.waitFor();
		return await tooltip.innerText();
	}

	/** Presses a key. */
	async press(key: string): Promise<void> {
		await this.page.keyboard.press(key);
		await this.settle();
	}

	/** Waits until what slides in has come to rest. */
	async settle(): Promise<void> {
		await this.page.waitForTimeout(SLIDE_MS);
	}

	/** Counts a person's clicks from now on. */
	async countClicks(): Promise<void> {
		await this.page.evaluate(clickCounter);
	}

	/** Clicks since they are counted. */
	async clicks(): Promise<number> {
		return await this.page.evaluate('window.countedClicks');
	}

	/** Executes the workflow that is open. */
	async runWorkflow(): Promise<void> {
		await this.part('execute-workflow-button').click();
	}

	/** Presses Stop. */
	async stopWorkflow(): Promise<void> {
		await this.part('stop-execution-button').click();
	}

	/** Types into the menu that is open, as a search; what it then offers. */
	async searchMenu(text: string): Promise<string[]> {
		await this.page.keyboard.type(text);
		await this.settle();
		return await firstLines(this.options());
	}

	/** A part of the page, by n8n's own name for it. */
	part(testId: string): Locator {
		return this.page.getByTestId(testId);
	}

	/** An input by the text that stands in it while it is empty. */
	field(placeholder: string): Locator {
		return this.page.getByPlaceholder(placeholder, { exact: true });
	}

	/** The first line of each visible part of one name. */
	async texts(testId: string): Promise<string[]> {
		return await firstLines(this.part(testId));
	}

	/** Opens a drop-down; what it offers. */
	async openMenu(menu: Locator): Promise<string[]> {
		await menu.click();
		await this.options().first().waitFor();
		return await firstLines(this.options());
	}

	/** Chooses from the menu that is open. */
	async pick(title: string): Promise<void> {
		await this.options().getByText(title, { exact: true }).click();
	}

	/** Chooses a day (as `2026-03-01`) of this month or of the last one in the calendar that is open. */
	async pickDay(day: string): Promise<void> {
		const calendar = this.page.locator('.el-picker-panel').filter({ visible: true });
		await calendar.waitFor();
		if (new Date().getMonth() !== Number(day.slice(5, 7)) - 1) await calendar.locator('.arrow-left').click();
		await calendar.locator('td.available').filter({ hasText: new RegExp(`^\\s*${Number(day.slice(8))}\\s*$`) }).first().click();
		await this.picture('the calendar');
		await calendar.getByText('OK', { exact: true }).click();
	}

	/** Closes a menu without a choice. */
	async closeMenu(): Promise<void> {
		await this.part('node-title-container').click();
		await this.options().first().waitFor({ state: 'hidden' });
	}

	private options(): Locator {
		return this.page.getByRole('option').filter({ visible: true });
	}
}

/** Runs in the page. Only what came from the mouse has a place on the screen. */
const clickCounter = `
	window.countedClicks = 0;
	window.addEventListener('click', (event) => { if (event.isTrusted && event.detail > 0) window.countedClicks += 1; }, true);
`;

async function firstLines(parts: Locator): Promise<string[]> {
	const texts = await parts.filter({ visible: true }).allInnerTexts();
	return texts.map((text) => text.trim().split('\n')[0].trim());
}
