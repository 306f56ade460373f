/** What it takes to keep files until they are sent, and to send them. Fetched when there is a file. */
import { Blobs } from '../kept/blobs';

export { upload } from './upload';
export const blobs = new Blobs();
