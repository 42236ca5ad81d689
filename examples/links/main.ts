import { runApis } from '../../stacks/run-apis';
import { links } from './contract';

runApis([links]);
