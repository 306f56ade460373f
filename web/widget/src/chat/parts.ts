/** The components that come later, as if they were here. */
import { Later, shown } from './later';

export const formPart = new Later('FormPart', () => import('./FormPart'));
export const emojiPart = new Later('EmojiPart', () => import('./EmojiPart'));
const ratingPart = new Later('RatingPart', () => import('./RatingPart'));
const teamsPart = new Later('TeamsPart', () => import('./TeamsPart'));
export const more = new Later('more', () => import('./more'));

export const Again = shown(formPart, (part) => part.Again);
export const Form = shown(formPart, (part) => part.Form);
export const Emoji = shown(emojiPart, (part) => part.EmojiPart);
export const AskEnd = shown(more, (part) => part.AskEnd);
export const Attachment = shown(more, (part) => part.Attachment);
export const Choices = shown(more, (part) => part.Choices);
export const Failed = shown(more, (part) => part.Failed);
export const MenuList = shown(more, (part) => part.MenuList);
export const Place = shown(more, (part) => part.Place);
export const Rating = shown(ratingPart, (part) => part.Rating);
export const Staged = shown(more, (part) => part.Staged);
export const Teams = shown(teamsPart, (part) => part.Teams);
export const Viewer = shown(more, (part) => part.ViewerPart);
