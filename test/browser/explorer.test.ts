// The explorer in a real browser: Debian's Chromium, where it is installed.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { NOON, openWorld, type World } from '../world.ts';

const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium'].find((path) => path && existsSync(path));
const skip = executablePath ? false : 'no Chromium here: apt-get install chromium, or set CHROMIUM to its path';

describe('a browser that opens /graphql', { skip }, () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  const elsewhere: string[] = [];
  let address: string;

  before(async () => {
    world = await openWorld({ now: NOON, env: { DEMO_DATA: 'on' } });
    address = await world.gateway.listen({ port: 0, host: '127.0.0.1' });
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== address) elsewhere.push(request.url());
    });
    await page.goto(`${address}/graphql`);
    await page.getByRole('tab', { name: 'Shopping' }).waitFor();
  });

  after(async () => {
    await browser?.close();
    await world?.[Symbol.asyncDispose]();
  });

  test('finds the example operations as tabs', async () => {
    const tabs = await page.getByRole('tab').allInnerTexts();
    assert.deepEqual(
      ['Shopping', 'CheapestDay', 'Family', 'Airports', 'Stays'].filter(
        (name) => !tabs.some((tab) => tab.includes(name)),
      ),
      [],
    );
  });

  test('runs the first tab as it is, and sees fifteen days', async () => {
    const answer = page.waitForResponse(
      (response) => response.request().postData()?.includes('query Shopping') ?? false,
    );
    await page.getByRole('button', { name: /execute/i }).click();
    const result = (await (await answer).json()) as {
      data: { shopping: { calendar: { days: { price: unknown }[] } } };
    };
    const { days } = result.data.shopping.calendar;
    assert.equal(days.length, 15);
    assert.ok(
      days.every(({ price }) => price),
      'the demo has a price on every day',
    );
    await page.locator('.graphiql-response').getByText('"calendar"').waitFor();
  });

  test('loads nothing from anywhere else', () => {
    assert.deepEqual(elsewhere, []);
  });
});
