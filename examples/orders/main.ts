import { runApis } from '../../stacks/run-apis';
import { orders } from './contract';

runApis([orders]);
