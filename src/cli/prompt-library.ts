// Named one by one, so that the bundle leaves the other prompts out.
export { password, search } from '@inquirer/prompts';
