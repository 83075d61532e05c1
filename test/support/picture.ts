import type { Page, PageScreenshotOptions } from 'playwright-core';

const mostTries = 5;

/** Takes a picture of a page. Chromium refuses now and then while the machine is busy ('Unable to capture screenshot'), and a moment later doesn't. */
export async function takePicture(page: Page, options: PageScreenshotOptions): Promise<void> {
	for (let tries = 1; tries < mostTries; tries += 1) {
		const isTaken = await page.screenshot(options).then(
			() => true,
			() => false,
		);
		if (isTaken) return;
		await page.waitForTimeout(1000);
	}
	await page.screenshot(options);
}
