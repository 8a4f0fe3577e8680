export { authModuleDemoSignIn as default } from './authModuleDemoSignIn';
