export { may, me, prefer, preferences, resume, saveMe, session, setUp, signIn, signOut, type MeIn, type SetupIn } from './session';
