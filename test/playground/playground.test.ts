/** The playground in a real browser, as its users meet it: every flow, both color schemes, a phone's width, and what axe-core says. */

import { existsSync, readFileSync } from 'node:fs';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fitFromJson, fitScalingLaw, readRuns } from '../../src/index.ts';
import { type Site, serveSite } from './site.ts';

const CHROMIUM = '/usr/bin/chromium';
const simulated = readFileSync('examples/data/simulated-runs.csv', 'utf8');

/** The end of every simulated run: 47 rows. */
const [header, ...rows] = simulated.trim().split('\n');
const ends = [header, ...rows.filter((row) => row.split(',')[4] === '1')].join('\n');

/** What axe-core finds wrong, but for what it calls minor. */
async function violationsOf(page: Page): Promise<readonly unknown[]> {
  await page.addScriptTag({ content: axe.source });
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
    return violations
      .filter(({ impact }) => impact !== 'minor')
      .map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html, nodes[0]?.failureSummary]);
  });
}

const found = existsSync(CHROMIUM);
if (!found) it.skip(`the playground in a browser: install Debian's chromium, there is no ${CHROMIUM}`);

describe.runIf(found)('the playground', () => {
  let site: Site;
  let browser: Browser;
  let page: Page;
  const troubles: string[] = [];

  beforeAll(async () => {
    [site, browser] = await Promise.all([
      serveSite(),
      chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] }),
    ]);
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('request', (request) => {
      if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(site.url)) troubles.push(request.url());
    });
    await page.goto(site.url);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  // Neither errors, nor a request to anybody.
  afterEach(() => expect(troubles.splice(0)).toEqual([]));

  const slot = (name: string) => page.locator(`[data-slot="${name}"]`);
  const control = (name: string) => page.locator(`[name="${name}"]`);
  const text = async (name: string): Promise<string> => (await slot(name).textContent()) ?? '';

  /** Until the whole search of so many rows is shown. */
  const settled = (kept: number, read: number): Promise<void> =>
    slot('status')
      .filter({ hasText: `${kept} of ${read} rows` })
      .waitFor({ timeout: 15_000 });

  const put = (name: string, value: number | string): Promise<void> =>
    control(name).evaluate((input, to) => {
      (input as HTMLInputElement).value = to;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }, String(value));

  const drop = async (name: string, body: string): Promise<void> => {
    const transfer = await page.evaluateHandle(
      ([file, content]) => {
        const data = new DataTransfer();
        data.items.add(new File([content!], file!));
        return data;
      },
      [name, body],
    );
    await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
  };

  const saved = async (button: string): Promise<readonly [name: string, body: string]> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(button).click()]);
    return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8')];
  };

  /** Parameters of the plan, as its table writes them. */
  const planned = (): Promise<string | null> =>
    slot('optimum').locator('tbody tr').first().locator('td').first().textContent();

  /** The same rows under a name that was not there before, so that no filter holds any more. */
  let files = 0;
  const fresh = async (): Promise<string> => {
    const name = `mine-${++files}.csv`;
    await drop(name, ends);
    await settled(47, 47);
    return name;
  };

  it('opens with a bundled example, fitted, diagnosed, planned and drawn', async () => {
    await settled(940, 940);
    expect(await text('source')).toBe('simulated-runs.csv: 940 rows.');
    expect(await text('diagnosis')).toContain('W_TREND_FRACTION');
    expect(await slot('coefficients').locator('tbody tr').count()).toBe(5);
    expect(await slot('figures').locator('svg').count()).toBe(5);
    expect(await planned()).toMatch(/B$/);
  });

  it('filters as the library does', async () => {
    await put('early', 50);
    await put('tokensPerParam-max', 100);
    await slot('time').filter({ hasText: 'quickly' }).waitFor();
    const most = await text('tokensPerParam-max-words');
    const filters = [
      { kind: 'exclude-early', fraction: 0.5 },
      { kind: 'range', of: 'tokensPerParam', max: Number(most) },
    ] as const;
    const { runs, coefficients } = fitScalingLaw(readRuns(simulated), { filters });
    await settled(runs.kept, 940);
    const E = await slot('coefficients').locator('tbody tr').first().locator('td').first().textContent();
    expect(E).toBe(String(Number(coefficients.E.toPrecision(6))));
  });

  it('shows another example: the coefficients that its rows do not determine are named', async () => {
    await control('example').selectOption('cerebras-gpt.csv');
    await settled(7, 7);
    expect(await text('status')).toMatch(/unidentified|at a bound/);
    expect(await control('early').inputValue()).toBe('0');
  });

  it('takes a file that is dropped', async () => {
    const name = await fresh();
    expect(await text('source')).toBe(`${name}: 47 rows.`);
    expect(await control('example').inputValue()).toBe('');
  });

  it('takes a file that is chosen', async () => {
    await control('file').setInputFiles({ name: 'chosen.csv', mimeType: 'text/csv', buffer: Buffer.from(ends) });
    await slot('source').filter({ hasText: 'chosen.csv: 47 rows.' }).waitFor();
  });

  it('says which column of a pasted table it misses, and takes one that is chosen', async () => {
    await page.locator('summary', { hasText: 'Paste' }).click();
    await control('paste').fill(ends.replace('loss', 'y').replace('N,', 'size,'));
    await control('use-paste').click();
    expect(await text('data-error')).toContain('loss must name the column of loss');
    expect(await slot('answers').isVisible()).toBe(false);
    await control('column-loss').selectOption('y');
    expect(await text('data-error')).toBe('');
    await settled(47, 47);
    expect(await control('column-loss').inputValue()).toBe('y');
    await control('column-N').selectOption('size');
    await settled(47, 47);
  });

  it('says what is wrong with a bad file, and recovers', async () => {
    await drop('bad.csv', 'N,D,loss\n1B,20B,2.5\n2B,minus,2.4');
    await slot('data-error').filter({ hasText: 'got minus' }).waitFor();
    expect(await slot('answers').isVisible()).toBe(false);
    await fresh();
    expect(await text('data-error')).toBe('');
  });

  it('refuses counts in another unit, and says which', async () => {
    await drop('millions.csv', 'N,D,loss\n25,0.5,4.1\n25,8,3.6\n100,8,3.3\n100,30,3.1\n400,30,2.9\n400,100,2.8');
    await slot('data-error').filter({ hasText: 'must hold counts, got N from 25 to 400' }).waitFor();
    await fresh();
  });

  it('says why there is no fit when the filters leave too few rows, and takes all of them again', async () => {
    await put('dropTopLoss', 45);
    await slot('fit-error').filter({ hasText: /\d/ }).waitFor();
    await page.waitForFunction(() => document.querySelector('[data-slot="figures"]')!.innerHTML === '');
    expect(await control('save-fit').isDisabled()).toBe(true);
    await control('reset').click();
    await settled(47, 47);
    expect(await control('dropTopLoss').inputValue()).toBe('0');
  });

  it('bootstraps in a worker, and the intervals follow', async () => {
    await fresh();
    await control('replicates').selectOption('200');
    await control('bootstrap').click();
    await slot('bootstrap-status').filter({ hasText: '200 re-fits done.' }).waitFor();
    expect(await text('coefficients')).toContain('200 bootstrap re-fits over 47 resampled');
    expect(await slot('figures').locator('svg').count()).toBe(7);
    expect(await text('optimum')).toContain('95% intervals');
  });

  it('stops a bootstrap', async () => {
    await control('replicates').selectOption('4000');
    await control('bootstrap').click();
    await page.waitForFunction(() => document.querySelector<HTMLProgressElement>('[data-slot="progress"]')!.value > 0);
    await control('stop').click();
    expect(await text('bootstrap-status')).toBe('Stopped.');
    expect(await control('bootstrap').isVisible()).toBe(true);
    expect(await slot('progress').isVisible()).toBe(false);
  });

  it('moves the optimum with demand, loss and hardware', async () => {
    await fresh();
    const moved = (from: string | null): Promise<unknown> =>
      page.waitForFunction((old) => document.querySelector('[data-slot="optimum"] td')!.textContent !== old, from);
    const before = await planned();
    await put('demand', 50);
    await moved(before);
    const served = await planned();
    await control('pay').selectOption('dollars');
    await moved(served);
    expect(await text('optimum')).toContain('$');
    const onH100 = await planned();
    await control('trainGpu').selectOption('A100-80');
    await moved(onH100);
    await control('loss').fill('1.2');
    await slot('plan-error').filter({ hasText: '1.2' }).waitFor();
    expect(await text('optimum')).toBe('');
    await control('loss').fill('');
    await control('pay').selectOption('flops');
    await slot('optimum').locator('td').first().waitFor();
  });

  it('restores an example and its filters from a link', async () => {
    await control('example').selectOption('cerebras-gpt.csv');
    await put('dropTopLoss', 1);
    await put('demand', 45);
    await settled(6, 7);
    await control('copy-link').click();
    await slot('kept').filter({ hasText: /link/i }).waitFor();
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await settled(6, 7);
    expect(await control('example').inputValue()).toBe('cerebras-gpt.csv');
    expect(await text('demand-words')).toBe('31.6T');
  });

  it('asks for the file that a link was made with; its filters come back', async () => {
    const name = await fresh();
    const before = page.url();
    await put('dropTopLoss', 3);
    await settled(44, 47);
    await page.waitForURL((url) => url.href !== before);
    const address = page.url();
    await page.goto('about:blank');
    await page.goto(address);
    await slot('source')
      .filter({ hasText: `made with ${name}` })
      .waitFor();
    await drop(name, ends);
    await settled(44, 47);
  });

  it('begins anew with a link that is broken', async () => {
    await page.evaluate(() => {
      location.hash = '#not-a-state';
    });
    await slot('source').filter({ hasText: 'simulated-runs.csv' }).waitFor();
  });

  it('saves the fit, a figure and the report', async () => {
    await fresh();
    const [fitName, json] = await saved('[name="save-fit"]');
    expect(fitName).toBe('fit.json');
    expect(fitFromJson(json).coefficients.alpha).toBeCloseTo(fitScalingLaw(readRuns(ends)).coefficients.alpha, 8);
    const [svgName, svg] = await saved('[name="save-svg"][value="loss-surface"]');
    expect(svgName).toBe('loss-surface.svg');
    expect(svg).toMatch(/^<svg[\s\S]*<\/svg>\n$/);
    const [reportName, report] = await saved('[name="save-report"]');
    expect(reportName).toBe('report.html');
    expect(report).toContain('<!doctype html>');
    expect(report.match(/<figure>/g)).toHaveLength(5);
    const reader = await browser.newPage({ viewport: { width: 360, height: 740 } });
    await reader.setContent(report);
    expect(await reader.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await violationsOf(reader)).toEqual([]);
    await reader.close();
  });

  it('can be worked by keyboard', async () => {
    await control('early').focus();
    await page.keyboard.press('ArrowRight');
    expect(await text('early-words')).toBe('1%');
    expect(await control('early').getAttribute('aria-valuetext')).toBe('1%');
    await control('reset').focus();
    await page.keyboard.press('Enter');
    await settled(47, 47);
    await control('bootstrap').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await slot('bootstrap-status').filter({ hasText: 'Stopped.' }).waitFor();
  });

  it('fits a screen of 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  it.each(['light', 'dark'])('is %s as the page is, and axe-core finds no serious violation', async (scheme) => {
    await page.evaluate((dark) => document.documentElement.classList.toggle('dark', dark), scheme === 'dark');
    await slot('figures')
      .locator(`svg > rect[fill="${scheme === 'dark' ? '#14171c' : '#ffffff'}"]`)
      .first()
      .waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });
});
