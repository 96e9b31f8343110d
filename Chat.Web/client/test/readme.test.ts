import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');

describe('the README', () => {
  const readme = read('../README.md');
  const recipes = [...read('./recipes.ts').matchAll(/^\/\/ (\w+)\n(.*?)^\/\/ end$/gms)];

  it.each(recipes.map(([, name, code]) => [name!, code!]))('has the recipe for %s as it was checked', (_, code) => {
    expect(readme).toContain(code.replaceAll('InVue', '').trim());
  });

  it('names every state', () => {
    expect(recipes).toHaveLength(2);
    for (const [, name] of read('../src/state.ts').matchAll(/name: '(\w+)'/g)) expect(readme).toContain(`\`${name}\``);
  });
});
