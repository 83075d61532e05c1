import type { Editor } from './editor.ts';

/** The panel in which a person finds a node and one of its actions. */
export class NodePanel {
	private readonly editor: Editor;

	constructor(editor: Editor) {
		this.editor = editor;
	}

	/** Searches the panel of a new workflow; the titles that it finds. Waits for one with `title` in it. */
	async search(text: string, title = text): Promise<string[]> {
		if (!(await this.editor.part('node-creator-search-bar').isVisible())) {
			await this.editor.newWorkflow();
			await this.editor.part('canvas-plus-button').click();
		}
		await this.editor.part('node-creator-search-bar').fill(text);
		await this.editor.settle();
		await this.editor.part('node-creator-item-name').filter({ hasText: new RegExp(title, 'i') }).first().waitFor();
		return await this.editor.texts('node-creator-item-name');
	}

	/** Puts a node with one of its actions on an empty canvas, as somebody does who types its name. */
	async add(text: string, title: string, action: string): Promise<void> {
		await this.editor.part('canvas-plus-button').click();
		await this.editor.part('node-creator-search-bar').fill(text);
		await this.editor.part('node-creator-item-name').getByText(title, { exact: true }).waitFor();
		await this.editor.settle();
		await this.editor.press('Enter');
		// The actions are folded away below the triggers.
		const triggers = await this.editor.texts('node-creator-item-name');
		for (let n = 0; n < triggers.length; n += 1) await this.editor.press('ArrowDown');
		await this.editor.press('Enter');
		await this.editor.part('node-creator-item-name').getByText(action, { exact: true }).click();
		await this.editor.part('node-execute-button').waitFor();
	}

	/** Whether each icon beside what the panel lists is a picture that could be loaded. */
	async iconsLoaded(): Promise<boolean> {
		const images = this.editor.part('item-iterator-item').locator('img');
		await images.first().waitFor();
		const widths = await images.evaluateAll((all) => all.map((image) => (image as unknown as { naturalWidth: number }).naturalWidth));
		return widths.every((width) => width > 0);
	}

	/** Chooses a node or one of its actions in the panel. */
	async choose(title: string): Promise<void> {
		await this.editor.part('node-creator-item-name').getByText(title, { exact: true }).click();
		await this.editor.settle();
	}

	/** The actions of the node whose details the panel shows: folded away, where the node has triggers too. */
	async actions(): Promise<string[]> {
		const before = await this.foldActions();
		const after = await this.editor.texts('node-creator-item-name');
		if (after.length > before.length) return after.slice(before.length);
		await this.foldActions();
		return before.slice(after.length);
	}

	private async foldActions(): Promise<string[]> {
		const before = await this.editor.texts('node-creator-item-name');
		await this.editor.part('node-creator-category-item').filter({ hasText: /^Actions/ }).click();
		await this.editor.settle();
		return before;
	}
}
