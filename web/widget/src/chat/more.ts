/** What is seen once there is something to see: files, the place in the queue, the menu, what went wrong. One file, fetched once. */
import { AskEnd } from './AskEnd';
import { Attachment } from './Attachment';
import { Choices } from './Choices';
import { Failed } from './Failed';
import { MenuList } from './MenuList';
import css from './more.css?inline';
import { Place } from './Place';
import { Staged } from './Staged';
import { ViewerPart } from './ViewerPart';

export { AskEnd, Attachment, Choices, css, Failed, MenuList, Place, Staged, ViewerPart };
export { save } from './transcript';
