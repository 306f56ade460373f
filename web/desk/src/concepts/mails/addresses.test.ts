import { describe, expect, it } from 'vitest';
import { fully, plainly } from './addresses';

describe('an address said plainly', () => {
  it('shows what letters of another script hide', () => {
    expect(plainly('kim@раypal.example')).toBe('kim@xn--ypal-43d9g.example');
  });
  it('is as it is where nothing is hidden', () => {
    expect(plainly('kim@post.example')).toBe('kim@post.example');
    expect(plainly('kim')).toBe('kim');
    expect(plainly('kim@not a host')).toBe('kim@not a host');
  });
  it('stands behind its name where there is one', () => {
    expect(fully('Kim', 'kim@post.example')).toBe('Kim <kim@post.example>');
    expect(fully('', 'kim@post.example')).toBe('kim@post.example');
  });
});
