import { runApis } from '../../stacks/run-apis';
import { notes } from './contract';

runApis([notes]);
