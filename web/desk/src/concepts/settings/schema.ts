import type { Component } from 'vue';
import type { ChannelTexts, Form, Permission } from '../../api/types';
import type { Kind, Kinds } from '../../live/entities';
import type { Account } from '../lines/account';

export type Value = string | number | boolean | null | string[] | Form | Account | Record<string, ChannelTexts> | Record<string, number>;
export type Draft = Record<string, Value>;

export interface Choice {
  value: string;
  label: string;
  group?: string;
}

/** The words that a declaration needs: texts of the page's language. */
export interface Words {
  t: (key: string) => string;
  list: (values: readonly string[]) => string;
  number: (value: number) => string;
}

export interface Field {
  /** The name on the wire. Its label is `settings.<resource>.<name>`, its hint `settings.<resource>.hint.<name>`. */
  name: string;
  /** Where its label stands, if not under its name. */
  label?: string;
  as: 'text' | 'email' | 'password' | 'number' | 'duration' | 'bytes' | 'color' | 'textarea' | 'lines' | 'phrases' | 'switch' | 'select' | 'checks' | 'permissions' | 'form' | 'texts' | 'skills' | 'ranks' | 'kindLimits' | 'account' | 'secrets';
  initial: Value;
  optional?: boolean;
  hint?: boolean;
  /** Words that are written as they are, shown below the field. */
  names?: readonly string[];
  /** Only on a new one, or only on one that exists. */
  only?: 'new' | 'existing';
  /** What can be chosen, given what is in the form; `id` is the row's own. */
  choices?: (words: Words, draft: Draft, id: string | null) => Choice[];
  /** For choices that make no sense for some rows. */
  when?: (draft: Draft, id: string | null) => boolean;
}

export interface Column<Row> {
  name: string;
  text: (row: Row, words: Words) => string;
  /** The kind of channel whose mark stands before the text. */
  mark?: (row: Row) => string;
}

/** One kind of thing that an administrator looks after: enough to make its list and its form. */
export interface Resource<K extends Kind = Kind> {
  key: string;
  kind: K;
  path: string;
  /** There is one only: its path takes no id. */
  single?: boolean;
  permission: Permission;
  fields: Field[];
  name: (row: Kinds[K], words: Words) => string;
  columns: Column<Kinds[K]>[];
  /** In which order the rows stand; by name without it. */
  order?: (one: Kinds[K], other: Kinds[K]) => number;
  /** Rows that stand under another one. */
  under?: (row: Kinds[K]) => string | null;
  /** Rows that do not work: `settings.<resource>.fallen` says so beside their name. */
  hasFallen?: (row: Kinds[K]) => boolean;
  /** Rows that nobody changes. */
  isFixed?: (row: Kinds[K]) => boolean;
  /** Rows can be deleted, not only switched off. */
  deletable?: boolean;
  /** What stands under the list, and under a form. */
  belowList?: Component;
  belowForm?: Component;
  /** Rows are put in order by hand, each among those with the same answer. */
  among?: (row: Kinds[K]) => string;
}

/** Keeps the row's type within a declaration and forgets it outside, where all are treated alike. */
export function declare<K extends Kind>(resource: Resource<K>): Resource {
  return resource as unknown as Resource;
}
