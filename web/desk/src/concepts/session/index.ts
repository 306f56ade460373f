export { may, me, resume, saveMe, session, setUp, signIn, signOut, type MeIn, type SetupIn } from './session';
