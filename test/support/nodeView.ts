import type { Locator } from 'playwright-core';
import type { Editor } from './editor.ts';

/** The open node in the editor: its form, its credential, what came out of it. */
export class NodeView {
	private readonly editor: Editor;

	constructor(editor: Editor) {
		this.editor = editor;
	}

	/** The operations that the form offers. */
	async operations(): Promise<string[]> {
		const titles = await this.editor.openMenu(this.parameter('operation'));
		await this.editor.closeMenu();
		return titles;
	}

	async chooseOperation(title: string): Promise<void> {
		await this.choose('operation', title);
	}

	/** Chooses from a drop-down of the form. */
	async choose(parameter: string, title: string): Promise<void> {
		await this.editor.openMenu(this.parameter(parameter));
		await this.editor.pick(title);
	}

	/** Adds a field of 'Filters' or 'Options' to the form. */
	async add(menu: string, title: string): Promise<void> {
		await this.editor.openMenu(this.editor.field(menu));
		await this.editor.pick(title);
	}

	/** What a drop-down of the form offers, once n8n has loaded it; it stays open. */
	async offered(parameter: string): Promise<string[]> {
		await this.parameter(parameter).locator('input:not([disabled])').first().waitFor();
		return await this.editor.openMenu(this.parameter(parameter));
	}

	/** What a drop-down of the form offers. */
	async offeredBy(parameter: string): Promise<string[]> {
		const titles = await this.editor.openMenu(this.parameter(parameter));
		await this.editor.picture(`offered by ${parameter}`);
		await this.editor.press('Escape');
		return titles;
	}

	/** What a drop-down offers once something was typed into it. */
	async searched(parameter: string, text: string): Promise<string[]> {
		await this.editor.openMenu(this.parameter(parameter));
		const titles = await this.editor.searchMenu(text);
		await this.editor.picture(`searched for ${text}`);
		await this.editor.press('Escape');
		return titles;
	}

	/** What is chosen in a list of the form. */
	async chosen(parameter: string): Promise<string[]> {
		return (await this.parameter(parameter).locator('.el-tag').allInnerTexts()).map((text) => text.trim());
	}

	/** How many fields are marked as wrong. */
	async issues(): Promise<number> {
		return await this.editor.part('parameter-issues').count();
	}

	/** What a dropdown says whose list can't be loaded. */
	async listProblem(parameter: string): Promise<string> {
		const words = await this.editor.tooltipOf(this.editor.part('parameter-issues').first());
		await this.editor.picture(`${parameter} without a list`);
		return words;
	}

	/** Turns 'Return All' on or off. */
	async toggleReturnAll(): Promise<void> {
		await this.parameter('returnAll').locator('.el-switch').click();
	}

	/** Chooses a day (as `2026-03-01`) of this month or the last one in the calendar of a date, which was an expression. */
	async pickDay(parameter: string, day: string): Promise<void> {
		await this.parameter(parameter).hover();
		await this.editor.part(`${parameter}-parameter-input-options-container`).getByTestId('radio-button-fixed').click();
		await this.parameter(parameter).locator('input').click();
		await this.editor.pickDay(day);
	}

	/** How many items came out. */
	async itemCount(): Promise<number> {
		return Number.parseInt((await this.editor.part('ndv-items-count').last().innerText()).replace(/\D/g, ''), 10);
	}

	/** What the output panel says beside the items. */
	async hints(): Promise<string[]> {
		return await this.editor.texts('node-hint');
	}

	/** The labels of the form's fields, from top to bottom. */
	async labels(): Promise<string[]> {
		return await this.editor.texts('input-label');
	}

	/** What 'Add Filter' or 'Add Option' offers. */
	async addable(title: string): Promise<string[]> {
		const titles = await this.editor.openMenu(this.editor.field(title));
		await this.editor.picture(title);
		await this.editor.closeMenu();
		return titles;
	}

	/** Opens the dialog for the first credential of an instance. */
	async newCredential(): Promise<void> {
		await this.editor.part('node-credentials-slot').getByRole('button').click();
		await this.editor.part('credential-edit-dialog').waitFor();
	}

	/** Opens the dialog of the credential that is chosen. n8n fills it in and tests it at once: what is typed before that has ended is overwritten. */
	async editCredential(): Promise<void> {
		await this.editor.part('credential-edit-button').click();
		const failed = this.editor.part('credential-edit-dialog').getByText('More details');
		await failed.or(this.editor.part('credentials-config-container-test-success')).first().waitFor();
	}

	async fillCredential(fields: { [name: string]: string }): Promise<void> {
		for (const [name, value] of Object.entries(fields)) {
			await this.parameter(name).locator('input').fill(value);
		}
	}

	async saveCredential(): Promise<void> {
		await this.editor.part('credential-save-button').click();
	}

	/** What the dialog says after a test that failed, with its details. */
	async credentialProblem(): Promise<string> {
		const dialog = this.editor.part('credential-edit-dialog');
		await dialog.getByText('More details').click();
		await this.editor.picture('credential-refused');
		return await dialog.innerText();
	}

	/** Waits until the dialog says that the test succeeded. */
	async credentialAccepted(): Promise<string> {
		return await this.editor.part('credentials-config-container-test-success').innerText();
	}

	async closeCredential(): Promise<void> {
		await this.editor.part('editCredential-modal').locator('.el-dialog__headerbtn').click();
		await this.editor.part('credential-edit-dialog').waitFor({ state: 'hidden' });
	}

	/** Executes the node; the table that comes out, its head first. */
	async execute(): Promise<string[][]> {
		await this.editor.part('node-execute-button').click();
		const output = this.editor.part('output-panel');
		await output.getByTestId('ndv-items-count').waitFor();
		await output.locator('tbody tr').first().waitFor();
		const rows = await output.locator('tr').all();
		return await Promise.all(
			rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).map((cell) => cell.trim())),
		);
	}

	/** Executes the node until it has items, none, or an error. */
	async executeToEnd(): Promise<void> {
		await this.editor.part('node-execute-button').click();
		await this.editor.part('node-run-status-success').or(this.editor.part('node-run-status-danger')).or(this.editor.part('node-error-view')).or(this.editor.part('ndv-items-count')).or(this.editor.part('output-panel').getByText('No output data returned')).filter({ visible: true }).first().waitFor();
	}

	private parameter(name: string): Locator {
		return this.editor.part(`parameter-input-${name}`);
	}
}
