// The explorer in a real browser: Debian's Chromium, if installed.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { type Browser, chromium, type Page, type Response } from 'playwright-core';
import { eventually } from '../kit/eventually.ts';
import { examples } from '../../gateway/routes/examples.ts';
import { NOON, openWorld, type World } from '../kit/world.ts';

const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium'].find((path) => path && existsSync(path));
const skip = executablePath ? false : 'no Chromium here: apt-get install chromium, or set CHROMIUM to its path';

const TABS = examples(new Date()).map(({ name }) => name);

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

  /** Opens a tab and waits until its operation is in the editor. */
  async function open(name: string): Promise<void> {
    await page.getByRole('tab', { name, exact: true }).click();
    await page
      .locator('.graphiql-query-editor')
      .getByText(new RegExp(`(query|mutation)\\s${name}\\b`))
      .first()
      .waitFor();
  }

  test('finds the example operations as tabs', async () => {
    const tabs = await page.getByRole('tab').allInnerTexts();
    assert.deepEqual(
      TABS.filter((name) => !tabs.some((tab) => tab.includes(name))),
      [],
    );
  });

  test('runs the first tab unchanged, and gets fifteen days', async () => {
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
      'the demo has a price for every day',
    );
    await page.locator('.graphiql-response').getByText('"calendar"').waitFor();
  });

  test('opens each tab on the first click', async () => {
    for (const name of [...TABS.slice(1), TABS[0]!]) {
      await open(name);
      assert.equal(await selected(page), name);
    }
  });

  test('shows every comment of every tab in full, in a window of 1280 pixels', async () => {
    for (const name of [...TABS.slice(1), TABS[0]!]) {
      await open(name);
      const lines = page.locator('.graphiql-query-editor .view-line', { hasText: /^#/ });
      const editor = (await page.locator('.graphiql-query-editor .lines-content').locator('..').boundingBox())!;
      for (const line of await lines.all()) {
        const text = (await line.locator('span').first().boundingBox())!;
        assert.ok(text.x + text.width <= editor.x + editor.width, `${name}: ${await line.innerText()}`);
      }
    }
  });

  test('signs in with the tab SignUp, then runs the tab Me without a token', async () => {
    await open('Me');
    const before = (await (await answered(page, 'query Me')).json()) as { errors: { extensions: object }[] };
    assert.deepEqual(before.errors[0]?.extensions, { ...before.errors[0]?.extensions, code: 'UNAUTHENTICATED' });
    await open('SignUp');
    await answered(page, 'mutation SignUp');
    await open('Me');
    const after = (await (await answered(page, 'query Me')).json()) as { data: { me: { email: string } } };
    assert.equal(after.data.me.email, 'asha@example.com');
  });

  test('restores the tabs after a reload, from the address that GraphiQL writes', async () => {
    await page.getByRole('tab', { name: 'CheapestDay' }).click();
    await answered(page, 'CheapestDay');
    await page.waitForURL(/query=[^&]*CheapestDay/);
    // GraphiQL stores the variables half a second later, and uses them to identify the tab
    await page.waitForFunction(() => String(localStorage['graphiql:variables']).includes('NRT'));
    assert.equal((await page.reload())?.status(), 200);
    await page.getByRole('tab', { name: 'Shopping' }).waitFor();
    assert.equal(await page.getByRole('tab').count(), TABS.length);
    assert.equal(await selected(page), 'CheapestDay');
  });

  test('restores the first tab when reloaded before any action', async () => {
    const visitor = await browser.newPage();
    await visitor.goto(`${address}/`);
    await visitor.getByRole('tab', { name: 'Shopping' }).waitFor();
    assert.equal(new URL(visitor.url()).pathname, '/graphql');
    await visitor.reload();
    await visitor.getByRole('tab', { name: 'Shopping' }).waitFor();
    assert.equal(await visitor.getByRole('tab').count(), TABS.length);
    assert.equal(await selected(visitor), 'Shopping');
    await visitor.close();
  });

  test('shows how an answer was produced in the tab Explained', async () => {
    await page.bringToFront(); // a browser throttles background pages
    await page.getByRole('tab', { name: 'Explained', exact: true }).click();
    await page.locator('.graphiql-query-editor').getByText('Explained').first().waitFor();
    const answer = await answered(page, 'Explained');
    const { extensions } = (await answer.json()) as { extensions: { explain: { plan: string } } };
    assert.match(extensions.explain.plan, /^QueryPlan/);
  });

  test('updates past dates in its tabs, and keeps the edits of the user', async () => {
    const context = await browser.newContext();
    const visitor = await context.newPage();
    await visitor.goto(`${address}/graphql`);
    await visitor.getByRole('tab', { name: 'Shopping' }).waitFor();
    const variables = visitor.locator('.graphiql-variable-editor, .graphiql-editor-tool').first();
    await variables.getByText('2026-03-31').waitFor();
    await visitor.waitForFunction(() => 'graphiql:tabState' in localStorage);
    await visitor.goto(`${address}/.well-known/jwks.json`); // a page on which GraphiQL does not write to localStorage too
    await visitor.evaluate(() => {
      const saved = JSON.parse(localStorage['graphiql:tabState'] as string) as {
        tabs: { title: string; variables: string }[];
      };
      const family = saved.tabs.find(({ title }) => title === 'Family')!;
      family.variables = family.variables.replace('DEL', 'BOM');
      localStorage['graphiql:tabState'] = JSON.stringify(saved);
    });
    world.clock.advance(40 * 86_400_000); // ends the sessions of the other pages too
    await visitor.goto(`${address}/graphql`);
    await variables.getByText('2026-05-10').waitFor();
    assert.equal(await visitor.getByRole('tab').count(), TABS.length);
    assert.equal(await selected(visitor), 'Shopping');
    await visitor.getByRole('tab', { name: 'Family', exact: true }).click();
    await variables.getByText('BOM').waitFor();
    await variables.getByText('2026-05-10').waitFor();
    await context.close();
  });

  test('loads nothing from other origins', () => {
    assert.deepEqual(elsewhere, []);
  });
});

/** Runs the operation of the open tab. GraphiQL can run it only after parsing it, a moment after the tab opens. */
const answered = (page: Page, operation: string): Promise<Response> =>
  eventually(async () => {
    const asked = (response: Response) => response.request().postData()?.includes(operation) ?? false;
    const answer = page.waitForResponse(asked, { timeout: 2000 });
    await Promise.all([answer, page.getByRole('button', { name: /execute/i }).click()]);
    return answer;
  });

const selected = (page: Page): Promise<string> => page.locator('[role=tab][aria-selected=true]').innerText();
