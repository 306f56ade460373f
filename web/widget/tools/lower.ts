import type { Plugin } from 'vite';

const PAIR = /light-dark\(([^,()]+),\s*([^()]+)\)/g;
const BLOCK = /([^{}]+)\{([^{}]*)\}/g;

/** `light-dark(a, b)` becomes a, and b in a second block that holds while the widget is dark: older browsers know no better. */
export function lower(css: string): string {
  return css.replace(/\/\*[\s\S]*?\*\//g, '').replace(BLOCK, (block: string, selector: string, body: string) => {
    const dark = body.split(';').filter((line) => line.includes('light-dark('));
    const light = block.replace(PAIR, '$1');
    return dark.length ? `${light}${selector.trim()}[data-theme='dark'] {${dark.join(';').replace(PAIR, '$2')}}` : light;
  });
}

export function lowerTokens(): Plugin {
  return {
    name: 'lower-tokens',
    enforce: 'pre',
    transform: (code, id) => (/\.css(\?|$)/.test(id) && code.includes('light-dark(') ? lower(code) : null),
  };
}
