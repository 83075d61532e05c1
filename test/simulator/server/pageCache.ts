/** A serialised page, with what the log says about it and how many rows it skips. */
export type KeptPage = { status: number; bytes: Buffer; rows: number; total: number; skipped: number };

/** The pages used last, up to a number of them. */
export class PageCache {
	private readonly room: number;
	private readonly pages = new Map<string, KeptPage>();

	constructor(room: number) {
		this.room = room;
	}

	get on(): boolean {
		return this.room > 0;
	}

	get(key: string): KeptPage | undefined {
		const page = this.pages.get(key);
		if (page === undefined) return undefined;
		this.pages.delete(key);
		this.pages.set(key, page);
		return page;
	}

	set(key: string, page: KeptPage): void {
		if (!this.on) return;
		this.pages.set(key, page);
		if (this.pages.size > this.room) this.pages.delete(this.pages.keys().next().value as string);
	}
}
