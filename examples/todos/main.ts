import { runApis } from '../../stacks/run-apis';
import { todos } from './contract';

runApis([todos]);
