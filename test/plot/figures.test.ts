import { parseHTML } from 'linkedom';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { ScalingLawsError } from '../../src/errors.ts';
import { publishedLaws } from '../../src/laws/published.ts';
import { plotDocument, pngOfSvg } from '../../src/node/pictures.ts';
import { sweep } from '../../src/plan/sweep.ts';
import { ratioMaps, renderSvg, residualsAgainst } from '../../src/plot.ts';
import { FIGURES, fit, runs } from './figures.ts';

const document = await plotDocument();
/** Numbers to one decimal: the last digits of exp and log are the machine's own. */
const rounded = (svg: string): string =>
  svg.replace(/-?\d+\.\d+/g, (number) => String(Number(Number(number).toFixed(1)) + 0));
const svgs = new Map(Object.entries(FIGURES).map(([name, make]) => [name, make()]));

describe.each([...svgs])('%s', (name, figure) => {
  const light = renderSvg(figure, { document });

  it('is what it was', async () => {
    await expect(rounded(light)).toMatchFileSnapshot(`snapshots/${name}.svg`);
  });

  it('stands alone, and says in words what it shows', () => {
    const root = parseHTML(light).document.querySelector('svg')!;
    expect(light).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-label')!.length).toBeGreaterThan(3);
    expect(root.querySelector('desc')!.textContent).toMatch(/\d.*\.$/s);
    expect(light).not.toMatch(/currentColor|var\(|<link|href=|url\(http|NaN|undefined/);
  });

  it('has a dark twin that differs in colors alone', () => {
    const dark = renderSvg(figure, { document, theme: 'dark' });
    expect(dark).not.toBe(light);
    const plain = (svg: string): string => svg.replace(/#[0-9a-f]{6}|rgb\([^)]*\)/gi, 'color');
    expect(plain(dark)).toBe(plain(light));
  });

  it('is options that users of Plot can compose further', () => {
    expect(Array.isArray(figure.marks)).toBe(true);
    expect(renderSvg({ ...figure, width: 400 }, { document })).toContain('width="400"');
  });
});

describe('pictures', () => {
  it('hold the text, which resvg leaves out where it finds no font', async () => {
    const svg = (text: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" font-family="sans-serif"><rect width="200" height="40" fill="white"/><text x="10" y="28" font-size="20">${text}</text></svg>`;
    const darkPixels = async (text: string): Promise<number> => {
      const { data } = PNG.sync.read(Buffer.from(await pngOfSvg(svg(text), 1)));
      let dark = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i]! < 128) dark++;
      return dark;
    };
    expect(await darkPixels('')).toBe(0);
    expect(await darkPixels('10²³ FLOPs')).toBeGreaterThan(200);
  });

  it('are as large as asked', async () => {
    const svg = renderSvg(FIGURES['residuals-against-N']!(), { document, width: 300 });
    expect(PNG.sync.read(Buffer.from(await pngOfSvg(svg, 3))).width).toBe(900);
    await expect(pngOfSvg(svg, 0)).rejects.toThrowError(ScalingLawsError);
    await expect(pngOfSvg('hello')).rejects.toThrowError(/^svg must be the text of an SVG, got hello; /);
    await expect(pngOfSvg('hello')).rejects.toThrowError(ScalingLawsError);
  });
});

describe('refusals', () => {
  it('name what is wrong', () => {
    expect(() => residualsAgainst(fit, runs, 'colour' as 'N')).toThrow('of must be one of N, D');
    const flat = sweep(
      { law: publishedLaws.sardana2024, goal: { kind: 'loss', loss: 2 } },
      { x: { of: 'demand', values: [1e12] } },
    );
    expect(() => ratioMaps(flat)).toThrow('sweep must be over two axes, got one');
    expect(() => renderSvg(FIGURES['cost-by-size']!(), { document, colour: 1 } as never)).toThrow(
      'SVG options must be among theme',
    );
  });
});
