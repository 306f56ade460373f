import { describe, expect, test } from 'vitest';
import { fromQuery, isFiltered, noFilters, toParams, toQuery } from './filters';

const noon = new Date(2026, 2, 15, 12, 30);
const local = (year: number, month: number, date: number) => new Date(year, month - 1, date).toISOString();

describe('filters and the address', () => {
  test('no filter leaves the address bare', () => {
    expect(toQuery(noFilters())).toEqual({});
    expect(isFiltered(noFilters())).toBe(false);
  });

  test('what is written into the address is read back the same', () => {
    const filters = {
      ...noFilters(),
      created: 'custom' as const,
      from: '2026-03-01',
      to: '2026-03-08',
      result: ['r1', 'r2'],
      reason: ['a'],
      kind: ['webchat'],
      contact: ['c1'],
      category: ['k1'],
      owner: ['o1'],
      handler: ['h1'],
      state: ['wrap_up'],
      q: '退貨',
    };
    expect(fromQuery(toQuery(filters) as never)).toEqual(filters);
    expect(isFiltered(filters)).toBe(true);
  });

  test('a single value and a repeated value are both lists', () => {
    expect(fromQuery({ result_id: 'r1' }).result).toEqual(['r1']);
    expect(fromQuery({ result_id: ['r1', 'r1', null, 'r2'] }).result).toEqual(['r1', 'r2']);
  });

  test('what is not understood is left out', () => {
    const filters = fromQuery({ created: 'someday', from: '2026-03-01', colour: 'red' });
    expect(filters).toEqual(noFilters());
    expect(fromQuery({ created: 'custom', from: 'last week' })).toEqual(noFilters());
  });

  test('blank search text is no filter', () => {
    expect(toQuery({ ...noFilters(), q: '  ' })).toEqual({});
  });
});

describe('the order', () => {
  test('is kept in the address but is no filter', () => {
    const sorted = { ...noFilters(), sort: 'ended_at' as const };
    expect(fromQuery(toQuery(sorted) as never).sort).toBe('ended_at');
    expect(isFiltered(sorted)).toBe(false);
    expect(fromQuery({ sort: 'contact_name' }).sort).toBe('-started_at');
    expect(toParams(sorted, noon).sort).toBe('ended_at');
  });
});

describe('filters and the server', () => {
  test('several of a kind repeat the parameter', () => {
    const params = toParams({ ...noFilters(), result: ['r1', 'r2'], kind: ['webchat'], q: ' box ' }, noon);
    expect(params.result_id).toEqual(['r1', 'r2']);
    expect(params.channel_kind).toEqual(['webchat']);
    expect(params.q).toBe('box');
  });

  test('presets are local days', () => {
    const today = toParams({ ...noFilters(), created: 'today' }, noon);
    expect(today.created_from).toBe(local(2026, 3, 15));
    expect(today.created_to).toBeUndefined();

    const yesterday = toParams({ ...noFilters(), created: 'yesterday' }, noon);
    expect(yesterday.created_from).toBe(local(2026, 3, 14));
    expect(yesterday.created_to).toBe(local(2026, 3, 15));
  });

  test('seven and thirty days count today', () => {
    expect(toParams({ ...noFilters(), created: '7d' }, noon).created_from).toBe(local(2026, 3, 9));
    expect(toParams({ ...noFilters(), created: '30d' }, noon).created_from).toBe(local(2026, 2, 14));
  });

  test('a custom range contains its last day', () => {
    const params = toParams({ ...noFilters(), created: 'custom', from: '2026-02-27', to: '2026-02-28' }, noon);
    expect(params.created_from).toBe(local(2026, 2, 27));
    expect(params.created_to).toBe(local(2026, 3, 1));
  });

  test('a custom range may be open at one end', () => {
    const params = toParams({ ...noFilters(), created: 'custom', from: '', to: '2026-02-28' }, noon);
    expect(params.created_from).toBeUndefined();
    expect(params.created_to).toBe(local(2026, 3, 1));
  });
});
