/** Terraform's functions that only calculate. */

const GROUPS = [
  'abs ceil floor log max min parseint pow signum',
  'chomp endswith format formatlist indent join lower regex regexall replace split startswith strcontains strrev substr',
  'title trim trimprefix trimspace trimsuffix upper',
  'alltrue anytrue chunklist coalesce coalescelist compact concat contains distinct element flatten index keys length',
  'lookup matchkeys merge one range reverse setintersection setproduct setsubtract setunion slice sort sum transpose',
  'values zipmap',
  'base64decode base64encode base64gzip csvdecode jsondecode jsonencode textdecodebase64 textencodebase64 urldecode',
  'urlencode yamldecode yamlencode',
  'formatdate timeadd timecmp',
  'base64sha256 base64sha512 md5 sha1 sha256 sha512 uuidv5',
  'cidrhost cidrnetmask cidrsubnet cidrsubnets',
  'can issensitive sensitive tobool tolist tomap tonumber toset tostring try type',
];

/**
 * Functions that a checked template may call (Terraform 1.11). The list leaves out functions that
 * - read files or the machine: `file`, `fileset`, `templatefile`, `pathexpand`, `abspath`,
 * - evaluate a text as a template: `templatestring`,
 * - show secret values: `nonsensitive`,
 * - return another value in each plan: `timestamp`, `plantimestamp`, `uuid`, `bcrypt`.
 */
export const PURE_FUNCTIONS: ReadonlySet<string> = new Set(GROUPS.flatMap((group) => group.split(' ')));
